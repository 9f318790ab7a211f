package org.tidelock.sdk.account;

import java.io.IOException;
import java.util.Optional;
import org.tidelock.protocol.keys.AccountKey;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;

/** The account key of the home's owner, who is logged in: a device does not keep it. */
final class AccountKeys {

  private final KeyServerConnection keyServer;
  private final OwnSession session;
  private final StoreWaitingKeys waiting;

  AccountKeys(ServerConnection connection, KeyServerConnection keyServer, ClientHome home) {
    this.keyServer = keyServer;
    this.session = new OwnSession(connection, home);
    this.waiting = new StoreWaitingKeys(connection, keyServer, home);
  }

  /** Fetched and unwrapped by the valid password, or refused if it is another. */
  Answer<AccountKey> unwrapped(PasswordKeys password) throws IOException {
    StoredIdentity identity = session.identity();
    try (SigningKey device = identity.deviceKey()) {
      return waiting
          .store()
          .then(_ -> keyServer.fetch(device, session.keyTokens()))
          .then(
              records -> {
                Optional<AccountKey> accountKey =
                    records.accountKey(
                        password, identity.entry().account(), identity.passwordVersion());
                return accountKey.isPresent()
                    ? new Answer.Granted<>(accountKey.get())
                    : new Answer.Refused<>(
                        Problem.of(ProblemCode.LOGIN_REFUSED, "the password is wrong"));
              });
    }
  }
}
