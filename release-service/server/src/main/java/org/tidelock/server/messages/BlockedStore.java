package org.tidelock.server.messages;

import static org.tidelock.service.db.Transaction.bytes;

import java.util.List;
import java.util.Optional;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.service.db.Transaction;

/** The table {@code blocked_senders}. */
final class BlockedStore {

  Optional<AccountId> named(Transaction transaction, AccountName name) {
    return transaction.one(
        "SELECT account_id FROM accounts WHERE name = $1",
        row -> new AccountId(bytes(row, "account_id")),
        name.value());
  }

  /** The account, whose list nobody else changes until the transaction ends. */
  void lock(Transaction transaction, AccountId account) {
    transaction.all(
        "SELECT 1 FROM accounts WHERE account_id = $1 FOR NO KEY UPDATE",
        row -> true,
        account.value());
  }

  List<AccountName> names(Transaction transaction, AccountId account) {
    return transaction.all(
        """
        SELECT a.name FROM blocked_senders b JOIN accounts a ON a.account_id = b.sender_id
        WHERE b.account_id = $1 ORDER BY a.name
        """,
        row -> new AccountName(row.getString("name")),
        account.value());
  }

  void add(Transaction transaction, AccountId account, AccountId sender) {
    transaction.update(
        """
        INSERT INTO blocked_senders (account_id, sender_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
        """,
        account.value(),
        sender.value());
  }

  boolean remove(Transaction transaction, AccountId account, AccountId sender) {
    return transaction.update(
            "DELETE FROM blocked_senders WHERE account_id = $1 AND sender_id = $2",
            account.value(),
            sender.value())
        == 1;
  }
}
