package org.tidelock.sdk.account;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keys.AccountKey;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.statement.AccountStatements.Authority;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.protocol.wire.Session;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;

/**
 * The steps that make another password valid, by whatever authority: the account key's record to
 * the key server, where it is pending; the change to the server, whose row is the only commit
 * point; then the record once more, so that the key server learns of it. Interrupted anywhere, one
 * of both passwords is valid and its record is there.
 */
final class PasswordCommit {

  private final ServerConnection connection;
  private final KeyServerConnection keyServer;
  private final ClientHome home;
  private final OwnSession session;

  PasswordCommit(ServerConnection connection, KeyServerConnection keyServer, ClientHome home) {
    this.connection = connection;
    this.keyServer = keyServer;
    this.home = home;
    this.session = new OwnSession(connection, home);
  }

  /**
   * Makes the password valid. The home's owner is logged in.
   *
   * @param authorizing the auth key valid so far, or the recovery key's
   * @return the new password's version
   */
  Answer<Long> commit(
      AccountKey accountKey, Authority authority, SigningKey authorizing, char[] password)
      throws IOException {
    StoredIdentity identity = session.identity();
    long version = identity.passwordVersion() + 1;
    try (PasswordKeys next = PasswordKeys.derive(password, freshKdf(identity));
        SigningKey device = identity.deviceKey()) {
      List<WrappedKey> record = List.of(next.wrap(accountKey, identity.entry().account(), version));
      return keyServer
          .store(device, session.keyTokens(), record)
          .then(_ -> post(identity, version, next, authority, authorizing))
          .then(
              tokens -> {
                home.keep(identity.loggedIn(tokens, next.kdf(), version));
                confirm(device, record);
                return new Answer.Granted<>(version);
              });
    }
  }

  /** Never cheaper than it was. */
  private static PasswordKdf freshKdf(StoredIdentity identity) {
    Argon2Cost seen = identity.kdf().cost();
    return PasswordKdf.fresh(Argon2Cost.DEFAULT.isWeakerThan(seen) ? seen : Argon2Cost.DEFAULT);
  }

  private Answer<Session.Tokens> post(
      StoredIdentity identity,
      long version,
      PasswordKeys next,
      Authority authority,
      SigningKey authorizing)
      throws IOException {
    AccountId account = identity.entry().account();
    Instant now = Instant.ofEpochMilli(connection.clock().millis());
    Canonical statement =
        AccountStatements.passwordChange(
            connection.server(),
            account,
            version,
            next.authKey().publicKey(),
            next.kdf(),
            authority,
            now);
    try (SigningKey signing = identity.signingKey()) {
      AccountChange.Password change =
          new AccountChange.Password(
              version,
              next.authKey().publicKey(),
              next.kdf(),
              authority,
              now,
              authorizing.sign(statement),
              signing.sign(statement),
              next.authKey().sign(statement));
      return session.send(Request.post("/v1/me/password", change), Session.Tokens.class);
    }
  }

  /** The password is valid whatever comes of this: the next login tells the key server too. */
  private void confirm(SigningKey device, List<WrappedKey> record) throws IOException {
    try {
      keyServer.store(device, session.keyTokens(), record);
    } catch (UnreachableException _) {
      // Nothing is lost: the record is there, and the older one only stays longer.
    }
  }
}
