package org.tidelock.keyserver.records;

import static org.tidelock.service.db.Transaction.bytes;

import java.util.Optional;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.KeyServing.IntrospectionReply;
import org.tidelock.service.db.Transaction;

/** The table {@code accounts}: what the server has confirmed of each. */
public final class ConfirmedAccounts {

  /**
   * What is valid.
   *
   * @param authKey what the valid password's record is known by
   */
  record Confirmed(long passwordVersion, SigningPublicKey authKey, long generation) {}

  /** Notes what the server says, unless it says less than it did before. */
  public void note(Transaction transaction, IntrospectionReply said) {
    transaction.update(
        """
        INSERT INTO accounts AS a (account_id, password_version, auth_key, key_generation)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (account_id) DO UPDATE
        SET auth_key = CASE WHEN $2 > a.password_version THEN $3 ELSE a.auth_key END,
            password_version = GREATEST($2, a.password_version),
            key_generation = GREATEST($4, a.key_generation)
        WHERE $2 > a.password_version OR $4 > a.key_generation
        """,
        said.account().value(),
        said.passwordVersion(),
        said.authKey().value(),
        said.generation());
  }

  /** What is valid of an account whose records nobody else changes until the transaction ends. */
  Optional<Confirmed> lock(Transaction transaction, AccountId account) {
    return transaction.one(
        """
        SELECT password_version, auth_key, key_generation FROM accounts WHERE account_id = $1
        FOR UPDATE
        """,
        row ->
            new Confirmed(
                row.getLong("password_version"),
                new SigningPublicKey(bytes(row, "auth_key")),
                row.getLong("key_generation")),
        account.value());
  }
}
