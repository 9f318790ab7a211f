package org.tidelock.server.presence;

import static org.tidelock.service.db.Transaction.bytes;
import static org.tidelock.service.db.Transaction.instant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Principal;

/** The table {@code connections}. */
final class ConnectionStore {

  /** How many sockets one login may have open. */
  private static final int MAX_PER_LOGIN = 8;

  /**
   * Adds a connection to the login that a token belongs to.
   *
   * @return false if the token has ended meanwhile, or its login has too many connections
   */
  boolean insert(
      Transaction transaction, Bytes id, Principal principal, Instant now, Instant expiresAt) {
    return transaction.update(
            """
            INSERT INTO connections (connection_id, family_id, account_id, opened_at, expires_at)
            SELECT $1, t.family_id, $2, $4, $5 FROM tokens t
            WHERE t.token_hash = $3 AND t.expires_at > $4
              AND (SELECT count(*) FROM connections c WHERE c.family_id = t.family_id) < $6
            """,
            id,
            principal.accountId().value(),
            principal.tokenHash(),
            now,
            expiresAt,
            (long) MAX_PER_LOGIN)
        == 1;
  }

  /**
   * Lets a connection live on.
   *
   * @return false if it has ended, or its login has no token left that is good for everything
   */
  boolean extend(Transaction transaction, Bytes id, Instant now, Instant expiresAt) {
    return transaction.update(
            """
            UPDATE connections c SET expires_at = $3
            WHERE c.connection_id = $1 AND c.expires_at > $2 AND EXISTS (
              SELECT 1 FROM tokens t
              WHERE t.family_id = c.family_id AND t.kind = 'full' AND t.expires_at > $2)
            """,
            id,
            now,
            expiresAt)
        == 1;
  }

  void delete(Transaction transaction, Bytes id) {
    transaction.update("DELETE FROM connections WHERE connection_id = $1", id);
  }

  void deleteExpired(Transaction transaction, Instant now) {
    transaction.update("DELETE FROM connections WHERE expires_at <= $1", now);
  }

  /** Since when an account is online; empty if it is not. */
  Optional<Instant> onlineSince(Transaction transaction, AccountId account, Instant now) {
    return transaction.one(
        """
        SELECT min(opened_at) AS since FROM connections
        WHERE account_id = $1 AND expires_at > $2 HAVING count(*) > 0
        """,
        row -> instant(row, "since"),
        account.value(),
        now);
  }

  /** Who is online and lets {@code watcher} see it, by name, after a name. */
  List<Presence.Person> visibleTo(
      Transaction transaction, AccountId watcher, String afterName, int limit, Instant now) {
    return transaction.all(
        """
        SELECT a.account_id, a.name, min(c.opened_at) AS since
        FROM connections c
          JOIN accounts a USING (account_id)
          LEFT JOIN presence_settings p USING (account_id)
        WHERE c.expires_at > $4 AND a.name > $2 AND a.account_id <> $1
          AND CASE coalesce(p.visibility, 'contacts')
                WHEN 'everyone' THEN true
                WHEN 'contacts' THEN EXISTS (
                  SELECT 1 FROM contacts k
                  WHERE k.account_id = a.account_id AND k.contact_id = $1)
                ELSE false
              END
        GROUP BY a.account_id, a.name
        ORDER BY a.name
        LIMIT $3
        """,
        row ->
            new Presence.Person(
                new AccountId(bytes(row, "account_id")),
                new AccountName(row.getString("name")),
                instant(row, "since")),
        watcher.value(),
        afterName,
        (long) limit,
        now);
  }

  Optional<AccountName> nameOf(Transaction transaction, AccountId account) {
    return transaction.one(
        "SELECT name FROM accounts WHERE account_id = $1",
        row -> new AccountName(row.getString("name")),
        account.value());
  }
}
