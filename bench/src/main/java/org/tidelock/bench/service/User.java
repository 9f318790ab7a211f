package org.tidelock.bench.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.sdk.account.RegisterAccount;
import org.tidelock.sdk.account.VerifyRegistration;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;

/**
 * Somebody with an account and a device, whose password's keys are derived already: Argon2id is the
 * client's cost, and no part of what the server can do. Thread-safe.
 */
public record User(StoredIdentity identity, SigningKey deviceKey, PasswordKeys passwordKeys) {

  private static final String PASSWORD = "correct horse battery staple";

  /** Registers through the client library, with the code that the server sends. */
  public static User register(ServiceUnderLoad service, ServerConnection connection, String name)
      throws IOException {
    ClientHome home = registered(service, connection, service.folder(), name);
    StoredIdentity identity = home.identity().orElseThrow();
    return new User(
        identity,
        identity.deviceKey(),
        PasswordKeys.derive(PASSWORD.toCharArray(), identity.kdf()));
  }

  /**
   * The home of somebody who has registered just now.
   *
   * @param homes the folder in which it is made
   */
  public static ClientHome registered(
      ServiceUnderLoad service, ServerConnection connection, Path homes, String name)
      throws IOException {
    ClientHome home = ClientHome.in(Files.createTempDirectory(homes, "home-"));
    home.remember(connection.pin());
    requireGranted(
        new RegisterAccount(connection, home)
            .apply(
                new AccountName(name),
                Contact.mail(name + "@load.example.org"),
                new DeviceName("load"),
                PASSWORD.toCharArray()));
    try (KeyServerConnection keyServer = KeyServerConnection.of(connection, home)) {
      // No key server runs here: the wrapped keys wait in the home.
      requireGranted(
          new VerifyRegistration(connection, keyServer, home).verify(service.nextCode()));
    }
    return home;
  }

  /** What the server granted; anything else ends the measurement. */
  public static <T> T requireGranted(Answer<T> answer) throws IOException {
    return switch (answer) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Refused<T>(var problem) -> throw new IOException("refused: " + problem);
    };
  }

  @Override
  public String toString() {
    return identity.name().value();
  }
}
