package org.tidelock.sdk.account;

import java.io.IOException;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.statement.AccountStatements.Authority;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;

/** Replaces the password by another, over both servers. */
public final class ChangePassword {

  private final OwnSession session;
  private final AccountKeys accountKeys;
  private final PasswordCommit commit;

  public ChangePassword(
      ServerConnection connection, KeyServerConnection keyServer, ClientHome home) {
    this.session = new OwnSession(connection, home);
    this.accountKeys = new AccountKeys(connection, keyServer, home);
    this.commit = new PasswordCommit(connection, keyServer, home);
  }

  /**
   * Changes it. Every other session of the account ends.
   *
   * @param password the valid one; the caller wipes it
   * @param newPassword the caller wipes it
   * @return which of the account's passwords the new one is
   * @throws UnreachableException if a server does not answer: then either of both passwords is
   *     valid, and a login tells which
   * @throws LyingServerException if the key server's records are not the account's
   */
  public Answer<Long> change(char[] password, char[] newPassword) throws IOException {
    StoredIdentity identity = session.identity();
    try (PasswordKeys keys = PasswordKeys.derive(password, identity.kdf())) {
      return accountKeys
          .unwrapped(keys)
          .then(
              accountKey -> {
                try (accountKey) {
                  return commit.commit(accountKey, Authority.PASSWORD, keys.authKey(), newPassword);
                }
              });
    }
  }
}
