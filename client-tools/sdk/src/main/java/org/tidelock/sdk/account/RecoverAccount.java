package org.tidelock.sdk.account;

import java.io.IOException;
import java.util.Optional;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.keys.AccountKey;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.keys.RecoveryKey;
import org.tidelock.protocol.statement.AccountStatements.Authority;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Login;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;

/**
 * Opens an account whose password is forgotten: the recovery key logs in and unwraps the account
 * key, the private keys answer the session challenge, and a new password becomes valid. On this
 * device or on one that has nothing of the account yet.
 */
public final class RecoverAccount {

  private final ServerConnection connection;
  private final KeyServerConnection keyServer;
  private final ClientHome home;
  private final LoginExchange exchange;

  public RecoverAccount(
      ServerConnection connection, KeyServerConnection keyServer, ClientHome home) {
    this.connection = connection;
    this.keyServer = keyServer;
    this.home = home;
    this.exchange = new LoginExchange(connection, LoginExchange.Way.RECOVERY_KEY);
  }

  /**
   * Recovers the account; its owner is logged in afterwards, here and nowhere else.
   *
   * @param deviceName what the owner calls this device, if it is new to the account
   * @param recoveryKey as it was written down
   * @param newPassword the caller wipes it
   * @return which of the account's passwords the new one is
   * @throws IllegalArgumentException if that is no recovery key; the message says what one is
   * @throws IllegalStateException if the home belongs to another account
   * @throws UnreachableException if a server does not answer; recovering again does no harm
   * @throws LyingServerException if the key server's records are not the account's
   */
  public Answer<Long> recover(
      AccountName name, DeviceName deviceName, String recoveryKey, char[] newPassword)
      throws IOException {
    Optional<StoredIdentity> known = home.identity();
    if (known.isPresent() && !known.get().name().equals(name)) {
      throw new IllegalStateException(
          "the home belongs to %s; recover %s in a home of its own"
              .formatted(known.get().name(), name));
    }
    try (RecoveryKey recovery = RecoveryKey.parse(recoveryKey);
        SigningKey device = known.isPresent() ? known.get().deviceKey() : SigningKey.generate()) {
      Login.Start start =
          Login.Start.fresh(
              name,
              known.map(StoredIdentity::device).orElseGet(DeviceId::random),
              device.publicKey(),
              known.map(StoredIdentity::deviceName).orElse(deviceName));
      return exchange
          .begin(device, start)
          .then(
              challenge ->
                  exchange
                      .finish(device, start, challenge, recovery.authKey())
                      .then(
                          granted ->
                              open(
                                  device, start, challenge.kdf(), granted, recovery, newPassword)));
    }
  }

  private Answer<Long> open(
      SigningKey device,
      Login.Start start,
      PasswordKdf kdf,
      Login.Granted granted,
      RecoveryKey recovery,
      char[] newPassword)
      throws IOException {
    return keyServer
        .fetch(device, exchange.keyTokens(device, granted.token()))
        .then(
            records -> {
              try (AccountKey accountKey = records.accountKey(recovery, granted.account())) {
                StoredIdentity identity =
                    LoginExchange.onNewDevice(
                        device,
                        start,
                        kdf,
                        granted,
                        records.privateKeys(accountKey, granted.entry()));
                return exchange
                    .openSession(identity, device, granted.token())
                    .then(
                        tokens -> {
                          home.keep(identity.loggedIn(tokens));
                          new KnownLog(connection, home).require(granted.proof().head());
                          return new PasswordCommit(connection, keyServer, home)
                              .commit(
                                  accountKey, Authority.RECOVERY, recovery.authKey(), newPassword);
                        });
              }
            });
  }
}
