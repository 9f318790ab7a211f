package org.tidelock.sdk.account;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.keys.AccountKey;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Login;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;
import org.tidelock.sdk.keys.OwnRecords;
import org.tidelock.sdk.keys.PrivateKeys;

/**
 * Logs a device in: the password's key signs both nonces, then the account's private key answers
 * the session challenge. A device that does not have the account's newest keys fetches them from
 * the key server and unwraps them with the password.
 */
public final class LogIn {

  private final ServerConnection connection;
  private final KeyServerConnection keyServer;
  private final ClientHome home;
  private final LoginExchange exchange;

  public LogIn(ServerConnection connection, KeyServerConnection keyServer, ClientHome home) {
    this.connection = connection;
    this.keyServer = keyServer;
    this.home = home;
    this.exchange = new LoginExchange(connection, LoginExchange.Way.PASSWORD);
  }

  /**
   * Logs this home's owner in.
   *
   * @param password the caller wipes it
   * @return until when the session lasts without another login
   * @throws IllegalStateException if the home has no identity
   * @throws LyingServerException if the server lowers the cost of the password, rolls its version
   *     back, or names other keys than the account's; or the key server's records are not the
   *     account's
   */
  public Answer<Instant> logIn(char[] password) throws IOException {
    StoredIdentity identity =
        home.identity()
            .orElseThrow(() -> new IllegalStateException("the home belongs to no account yet"));
    try (SigningKey device = identity.deviceKey()) {
      Login.Start start =
          Login.Start.fresh(
              identity.name(), identity.device(), device.publicKey(), identity.deviceName());
      return logIn(device, start, Optional.of(identity), password);
    }
  }

  /**
   * Logs in on a device that has nothing of the account yet.
   *
   * @param deviceName what the owner calls it
   * @param password the caller wipes it
   * @return until when the session lasts without another login
   * @throws IllegalStateException if the home has an identity already
   * @throws LyingServerException as {@link #logIn}
   */
  public Answer<Instant> logInOnNewDevice(AccountName name, DeviceName deviceName, char[] password)
      throws IOException {
    if (home.identity().isPresent()) {
      throw new IllegalStateException("the home belongs to an account already");
    }
    try (SigningKey device = SigningKey.generate()) {
      Login.Start start =
          Login.Start.fresh(name, DeviceId.random(), device.publicKey(), deviceName);
      return logIn(device, start, Optional.empty(), password);
    }
  }

  private Answer<Instant> logIn(
      SigningKey device, Login.Start start, Optional<StoredIdentity> known, char[] password)
      throws IOException {
    return exchange
        .begin(device, start)
        .then(
            challenge -> {
              if (known.isPresent()) {
                LoginExchange.requireNotWeaker(challenge.kdf(), known.get().kdf());
              }
              try (PasswordKeys keys = PasswordKeys.derive(password, challenge.kdf())) {
                return exchange
                    .finish(device, start, challenge, keys.authKey())
                    .then(granted -> openSession(device, start, known, keys, granted));
              }
            });
  }

  private Answer<Instant> openSession(
      SigningKey device,
      Login.Start start,
      Optional<StoredIdentity> known,
      PasswordKeys keys,
      Login.Granted granted)
      throws IOException {
    return identity(device, start, known, keys, granted)
        .then(
            identity ->
                exchange
                    .openSession(identity, device, granted.token())
                    .then(
                        tokens -> {
                          home.keep(
                              identity.loggedIn(tokens, keys.kdf(), granted.passwordVersion()));
                          new KnownLog(connection, home).require(granted.proof().head());
                          storeWaitingKeys();
                          return new Answer.Granted<>(tokens.refreshExpiresAt());
                        }));
  }

  /** Who the owner is, with the newest keys: as this home knows it, or as the key server does. */
  private Answer<StoredIdentity> identity(
      SigningKey device,
      Login.Start start,
      Optional<StoredIdentity> known,
      PasswordKeys keys,
      Login.Granted granted)
      throws IOException {
    if (known.isPresent()) {
      requireOwnAccount(known.get(), granted);
      if (granted.entry().equals(known.get().entry())) {
        return new Answer.Granted<>(known.get());
      }
    }
    return keyServer
        .fetch(device, exchange.keyTokens(device, granted.token()))
        .then(
            records -> {
              PrivateKeys own = unwrapped(records, keys, granted);
              return new Answer.Granted<>(
                  known.isPresent()
                      ? renewed(known.get(), granted, own)
                      : LoginExchange.onNewDevice(device, start, keys.kdf(), granted, own));
            });
  }

  private static PrivateKeys unwrapped(OwnRecords records, PasswordKeys keys, Login.Granted granted)
      throws LyingServerException {
    try (AccountKey accountKey =
        records
            .accountKey(keys, granted.account(), granted.passwordVersion())
            .orElseThrow(
                () ->
                    new LyingServerException(
                        "the key server's record of password %d is not of the password that the"
                                .formatted(granted.passwordVersion())
                            + " server took"))) {
      return records.privateKeys(accountKey, granted.entry());
    }
  }

  private static StoredIdentity renewed(
      StoredIdentity known, Login.Granted granted, PrivateKeys own) {
    return known.renewed(granted.entry(), own.signingSeed(), own.encryptionKey(), own.older());
  }

  private static void requireOwnAccount(StoredIdentity identity, Login.Granted granted)
      throws LyingServerException {
    if (granted.passwordVersion() < identity.passwordVersion()) {
      throw new LyingServerException(
          "the server says that password %d is valid; it said %d before"
              .formatted(granted.passwordVersion(), identity.passwordVersion()));
    }
    boolean sameOrNewer =
        granted.entry().account().equals(identity.entry().account())
            && (granted.entry().equals(identity.entry())
                || granted.entry().generation() > identity.entry().generation());
    if (!sameOrNewer) {
      throw new LyingServerException(
          "the server names other keys for this account than this device has (generation %d; %d"
                  .formatted(granted.entry().generation(), identity.entry().generation())
              + " here)");
    }
  }

  /** What the key server did not take before. If it still does not answer, it waits on. */
  private void storeWaitingKeys() throws IOException {
    try {
      new StoreWaitingKeys(connection, keyServer, home).store();
    } catch (UnreachableException _) {
      // The owner is logged in; the next login tries again.
    }
  }
}
