package org.tidelock.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.sdk.account.LogIn;
import org.tidelock.sdk.account.MyAccount;
import org.tidelock.sdk.account.People;
import org.tidelock.sdk.account.RegisterAccount;
import org.tidelock.sdk.account.VerifyRegistration;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.server.testing.RunningServer;

/** A person at a client, with a home of its own. */
final class Client implements AutoCloseable {

  static final String PASSWORD = "correct horse battery staple";

  final Path folder;
  final ClientHome home;
  final AccountName name;
  private final RunningServer server;
  private final String domain;
  private ServerConnection connection;

  private Client(RunningServer server, String name, String domain) throws IOException {
    this.server = server;
    this.domain = domain;
    this.name = new AccountName(name);
    this.folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home-");
    this.home = ClientHome.in(folder);
    this.connection =
        ServerConnection.meet("https://localhost:" + server.server().port(), server.clock());
    home.remember(connection.pin());
  }

  /** Somebody who has met the server. */
  static Client meeting(RunningServer server, String name) throws IOException {
    return meeting(server, name, name + ".example.org");
  }

  /** Somebody who has met the server, with mail at a domain. */
  static Client meeting(RunningServer server, String name, String domain) throws IOException {
    return new Client(server, name, domain);
  }

  /** Somebody who has an account and is logged in. */
  static Client registered(RunningServer server, String name) throws IOException {
    Client client = meeting(server, name);
    client.granted(client.apply());
    client.granted(client.verify(server.codeFor(client.contact())));
    return client;
  }

  Answer<RegisterAccount.Applied> apply() throws IOException {
    return new RegisterAccount(connection, home)
        .apply(name, contact(), new DeviceName(name + "'s laptop"), password());
  }

  Answer<AccountName> verify(String code) throws IOException {
    return new VerifyRegistration(connection, home).verify(code);
  }

  LogIn logIn() {
    return new LogIn(connection, home);
  }

  MyAccount account() {
    return new MyAccount(connection, home);
  }

  People people() {
    return new People(connection, home);
  }

  ServerConnection connection() {
    return connection;
  }

  ServerPin pin() {
    return connection.pin();
  }

  /** From now on the server is spoken to at another address, as the pins allow. */
  void reconnect(ServerPin pin) {
    connection.close();
    connection = ServerConnection.to(pin, server.clock());
  }

  Contact contact() {
    return Contact.mail(name + "@" + domain);
  }

  static char[] password() {
    return PASSWORD.toCharArray();
  }

  <T> T granted(Answer<T> answer) {
    return switch (answer) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Refused<T>(var problem) -> throw new AssertionError(problem.toString());
    };
  }

  @Override
  public void close() {
    connection.close();
  }
}
