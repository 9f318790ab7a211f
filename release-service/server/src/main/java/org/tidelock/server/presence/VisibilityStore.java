package org.tidelock.server.presence;

import static org.tidelock.service.db.Transaction.bytes;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.wire.Presence.Visibility;
import org.tidelock.service.db.Transaction;

/** The tables {@code presence_settings} and {@code contacts}. */
final class VisibilityStore {

  /** Where an account has said nothing. */
  private static final Visibility DEFAULT = Visibility.CONTACTS;

  Visibility of(Transaction transaction, AccountId account) {
    return transaction
        .one(
            "SELECT visibility FROM presence_settings WHERE account_id = $1",
            row -> visibility(row.getString("visibility")),
            account.value())
        .orElse(DEFAULT);
  }

  void set(Transaction transaction, AccountId account, Visibility visibility) {
    transaction.update(
        """
        INSERT INTO presence_settings (account_id, visibility) VALUES ($1, $2)
        ON CONFLICT (account_id) DO UPDATE SET visibility = $2
        """,
        account.value(),
        visibility.text());
  }

  Optional<AccountId> named(Transaction transaction, AccountName name) {
    return transaction.one(
        "SELECT account_id FROM accounts WHERE name = $1",
        row -> new AccountId(bytes(row, "account_id")),
        name.value());
  }

  /** The account, which nobody else changes until the transaction ends. */
  void lock(Transaction transaction, AccountId account) {
    transaction.all(
        "SELECT 1 FROM accounts WHERE account_id = $1 FOR NO KEY UPDATE",
        row -> true,
        account.value());
  }

  List<AccountName> contactNames(Transaction transaction, AccountId account) {
    return transaction.all(
        """
        SELECT a.name FROM contacts c JOIN accounts a ON a.account_id = c.contact_id
        WHERE c.account_id = $1 ORDER BY a.name
        """,
        row -> new AccountName(row.getString("name")),
        account.value());
  }

  Set<AccountId> contacts(Transaction transaction, AccountId account) {
    return new HashSet<>(
        transaction.all(
            "SELECT contact_id FROM contacts WHERE account_id = $1",
            row -> new AccountId(bytes(row, "contact_id")),
            account.value()));
  }

  void add(Transaction transaction, AccountId account, AccountId contact) {
    transaction.update(
        "INSERT INTO contacts (account_id, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        account.value(),
        contact.value());
  }

  boolean remove(Transaction transaction, AccountId account, AccountId contact) {
    return transaction.update(
            "DELETE FROM contacts WHERE account_id = $1 AND contact_id = $2",
            account.value(),
            contact.value())
        == 1;
  }

  static Visibility visibility(String text) {
    return Arrays.stream(Visibility.values())
        .filter(visibility -> visibility.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no visibility: " + text));
  }
}
