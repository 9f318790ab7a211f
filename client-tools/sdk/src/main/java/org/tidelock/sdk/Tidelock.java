package org.tidelock.sdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.LogIn;
import org.tidelock.sdk.account.People;
import org.tidelock.sdk.account.RegisterAccount;
import org.tidelock.sdk.account.VerifyRegistration;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.keys.KeyServerConnection;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.Inbox;
import org.tidelock.sdk.message.ReadMessage;
import org.tidelock.sdk.message.SendMessage;

/**
 * The front door of the library: one account on one device, kept in a folder, and a pinned
 * connection to its service. Sends and reads messages; for everything else the classes of the
 * packages below take {@link #connection}, {@link #keyServer} and {@link #home}.
 *
 * <p>What the server refuses comes back as {@link Answer.Refused}. Every method that asks it throws
 * {@link UnreachableException} if it does not answer, and {@link LyingServerException} if it
 * answers what cannot be true. Sending may go on in several threads; one process at a time uses a
 * folder.
 */
public final class Tidelock implements AutoCloseable {

  private final ClientHome home;
  private final ServerConnection connection;
  private final KeyServerConnection keyServer;
  private final SendMessage sending;

  private Tidelock(ClientHome home, ServerConnection connection) {
    this.home = home;
    this.connection = connection;
    this.keyServer = KeyServerConnection.of(connection, home);
    this.sending = new SendMessage(connection, home);
  }

  /**
   * Opens the account kept in a folder; asks the server nothing yet.
   *
   * @param folder such as {@code ~/.tidelock/account}, the command line's
   * @throws IOException if no server was met there, or the folder cannot be read
   */
  public static Tidelock open(Path folder) throws IOException {
    return open(folder, InstantSource.system());
  }

  /** The same, with another clock to date statements by. */
  public static Tidelock open(Path folder, InstantSource clock) throws IOException {
    ClientHome home = ClientHome.in(folder);
    ServerPin pin =
        home.server()
            .orElseThrow(
                () ->
                    new IOException(
                        "no server is known in %s; tidelock register or Tidelock.meet makes one known"
                            .formatted(folder)));
    return new Tidelock(home, ServerConnection.to(pin, clock));
  }

  /**
   * Meets a server for the first time, takes it at its word, and remembers it in a folder: from
   * then on only a server with the same certificate and keys is spoken to. Compare {@link
   * ServerConnection#pin} with what the operator says.
   *
   * @param address such as {@code https://example.org:8443}
   */
  public static Tidelock meet(String address, Path folder) throws IOException {
    return meet(address, folder, InstantSource.system());
  }

  /** The same, with another clock to date statements by. */
  public static Tidelock meet(String address, Path folder, InstantSource clock) throws IOException {
    ClientHome home = ClientHome.in(folder);
    ServerConnection connection = ServerConnection.meet(address, clock);
    try {
      home.remember(connection.pin());
      return new Tidelock(home, connection);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Makes all keys of a new account and applies for it; a code is sent to the contact.
   *
   * @param password the caller wipes it
   */
  public Answer<RegisterAccount.Applied> register(
      AccountName name, Contact contact, DeviceName device, char[] password) throws IOException {
    return new RegisterAccount(connection, home).apply(name, contact, device, password);
  }

  /**
   * Gives the code that came: the account is there and this device logged in.
   *
   * @param code eight digits
   */
  public Answer<VerifyRegistration.Registered> verify(String code) throws IOException {
    return new VerifyRegistration(connection, keyServer, home).verify(code);
  }

  /**
   * Logs the folder's account in.
   *
   * @param password the caller wipes it
   * @return until when the session lasts without another login
   */
  public Answer<Instant> logIn(char[] password) throws IOException {
    return new LogIn(connection, keyServer, home).logIn(password);
  }

  /**
   * Sends a text that the service releases at a time, and that whoever solves its puzzle can open
   * without the service.
   *
   * @param to the recipient's name
   * @param unlockAt rounded up to whole milliseconds
   * @return what the server signed, checked; a copy is kept in the folder
   */
  public Answer<Messages.Accepted> send(String to, String text, Instant unlockAt)
      throws IOException {
    Instant millis = unlockAt.truncatedTo(ChronoUnit.MILLIS);
    Instant notBefore = millis.equals(unlockAt) ? millis : millis.plusMillis(1);
    return send(Draft.text(new AccountName(to), notBefore), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a content as the draft says. */
  public Answer<Messages.Accepted> send(Draft draft, byte[] content) throws IOException {
    return sending.send(draft, new ByteArrayInputStream(content), content.length);
  }

  /** Sends a file as the draft says; it may be larger than memory. */
  public Answer<Messages.Accepted> send(Draft draft, Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return sending.send(draft, content, Files.size(file));
    }
  }

  /** What came, and what was sent. */
  public Inbox inbox() {
    return new Inbox(connection, home);
  }

  /** Reads messages: released, solved, or from an exported file. */
  public ReadMessage reading() {
    return new ReadMessage(connection, home);
  }

  /** The others, as far as this account has met them. */
  public People people() {
    return new People(connection, home);
  }

  /** What the folder keeps. */
  public ClientHome home() {
    return home;
  }

  /** The connection to the server. */
  public ServerConnection connection() {
    return connection;
  }

  /** The connection to the server's key server; made when it is first needed. */
  public KeyServerConnection keyServer() {
    return keyServer;
  }

  @Override
  public void close() {
    keyServer.close();
    connection.close();
  }
}
