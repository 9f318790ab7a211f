package org.tidelock.sdk.account;

import java.io.IOException;
import java.time.Instant;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keys.AccountKey;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;
import org.tidelock.sdk.keys.OwnRecords;

/**
 * Deletes the account: its wrapped keys from the key server, the account from the server, then what
 * this home knows of it. Until the server has deleted it, the wrapped keys are kept here: if that
 * does not happen, the next login stores them again.
 */
public final class DeleteAccount {

  private final ServerConnection connection;
  private final KeyServerConnection keyServer;
  private final ClientHome home;
  private final OwnSession session;

  public DeleteAccount(
      ServerConnection connection, KeyServerConnection keyServer, ClientHome home) {
    this.connection = connection;
    this.keyServer = keyServer;
    this.home = home;
    this.session = new OwnSession(connection, home);
  }

  /**
   * Deletes it, for ever.
   *
   * @param password the caller wipes it
   * @throws UnreachableException if a server does not answer; deleting again does no harm
   */
  public Answer<Done> delete(char[] password) throws IOException {
    StoredIdentity identity = session.identity();
    try (PasswordKeys keys = PasswordKeys.derive(password, identity.kdf());
        SigningKey device = identity.deviceKey()) {
      return new StoreWaitingKeys(connection, keyServer, home)
          .store()
          .then(_ -> keyServer.fetch(device, session.keyTokens()))
          .then(records -> keepHere(identity, keys, records))
          .then(_ -> keyServer.delete(device, session.keyTokens()))
          .then(_ -> session.send(deletion(identity, keys), Done.class))
          .then(
              done -> {
                home.forgetIdentity();
                return new Answer.Granted<>(done);
              });
    }
  }

  /** Only once the password has shown to be right: nothing is deleted by mistake. */
  private Answer<Done> keepHere(StoredIdentity identity, PasswordKeys keys, OwnRecords records)
      throws IOException {
    AccountId account = identity.entry().account();
    var accountKey = records.accountKey(keys, account, identity.passwordVersion());
    if (accountKey.isEmpty()) {
      return new Answer.Refused<>(Problem.of(ProblemCode.LOGIN_REFUSED, "the password is wrong"));
    }
    try (AccountKey _ = accountKey.get()) {
      home.keep(new KeyServing.Records(records.unopened()));
      return new Answer.Granted<>(Done.DONE);
    }
  }

  private Request deletion(StoredIdentity identity, PasswordKeys keys) {
    Instant now = Instant.ofEpochMilli(connection.clock().millis());
    return Request.post(
        "/v1/me/deletion",
        new AccountChange.Deletion(
            now,
            keys.authKey()
                .sign(
                    AccountStatements.accountDeletion(
                        connection.server(), identity.entry().account(), now))));
  }
}
