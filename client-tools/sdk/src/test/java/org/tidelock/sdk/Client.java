package org.tidelock.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.sdk.account.ChangePassword;
import org.tidelock.sdk.account.DeleteAccount;
import org.tidelock.sdk.account.LogIn;
import org.tidelock.sdk.account.MyAccount;
import org.tidelock.sdk.account.People;
import org.tidelock.sdk.account.RecoverAccount;
import org.tidelock.sdk.account.RegisterAccount;
import org.tidelock.sdk.account.RenewKeys;
import org.tidelock.sdk.account.VerifyRegistration;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;
import org.tidelock.sdk.presence.MyVisibility;
import org.tidelock.sdk.presence.PeopleOnline;
import org.tidelock.sdk.presence.StayOnline;
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
  private KeyServerConnection keyServer;

  private Client(RunningServer server, String name, String domain) throws IOException {
    this.server = server;
    this.domain = domain;
    this.name = new AccountName(name);
    this.folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home-");
    this.home = ClientHome.in(folder);
    this.connection =
        ServerConnection.meet("https://localhost:" + server.server().port(), server.clock());
    home.remember(connection.pin());
    this.keyServer = KeyServerConnection.of(connection, home);
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

  Answer<VerifyRegistration.Registered> verify(String code) throws IOException {
    return new VerifyRegistration(connection, keyServer, home).verify(code);
  }

  LogIn logIn() {
    return new LogIn(connection, keyServer, home);
  }

  /** Logs in on a device that has nothing of the account. */
  Answer<Instant> logInHere(String password) throws IOException {
    return logIn()
        .logInOnNewDevice(name, new DeviceName(name + "'s phone"), password.toCharArray());
  }

  Answer<Long> changePassword(String from, String to) throws IOException {
    return new ChangePassword(connection, keyServer, home)
        .change(from.toCharArray(), to.toCharArray());
  }

  Answer<Long> recover(String recoveryKey, String newPassword) throws IOException {
    return new RecoverAccount(connection, keyServer, home)
        .recover(name, new DeviceName(name + "'s spare"), recoveryKey, newPassword.toCharArray());
  }

  Answer<Long> renewKeys() throws IOException {
    return new RenewKeys(connection, keyServer, home).renew(password());
  }

  Answer<Done> delete(String password) throws IOException {
    return new DeleteAccount(connection, keyServer, home).delete(password.toCharArray());
  }

  StoredIdentity identity() throws IOException {
    return home.identity().orElseThrow();
  }

  MyAccount account() {
    return new MyAccount(connection, home);
  }

  People people() {
    return new People(connection, home);
  }

  MyVisibility visibility() {
    return new MyVisibility(connection, home);
  }

  PeopleOnline online() {
    return new PeopleOnline(connection, home);
  }

  StayOnline stayOnline() {
    return new StayOnline(connection, home);
  }

  ServerConnection connection() {
    return connection;
  }

  ServerPin pin() {
    return connection.pin();
  }

  /** From now on the server is spoken to at another address, as the pins allow. */
  void reconnect(ServerPin pin) {
    close();
    connection = ServerConnection.to(pin, server.clock());
    keyServer = KeyServerConnection.of(connection, home);
  }

  /** From now on everything goes through the application channel. */
  void throughChannel() throws IOException {
    connection = connection.throughChannel();
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

  /** From now on the key server is spoken to at another address, as the pins allow. */
  void reconnectToKeyServer(ServerPin pin) throws IOException {
    home.rememberKeyServer(pin);
    reconnect(pin());
  }

  /** The key server as it was pinned at the first use. */
  ServerPin keyServerPin() throws IOException {
    return home.keyServer().orElseThrow();
  }

  @Override
  public void close() {
    keyServer.close();
    connection.close();
  }
}
