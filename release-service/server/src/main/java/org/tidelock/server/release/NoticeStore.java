package org.tidelock.server.release;

import static org.tidelock.service.db.Transaction.array;
import static org.tidelock.service.db.Transaction.bytes;
import static org.tidelock.service.db.Transaction.instant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.server.mailbox.Mailboxes.Told;
import org.tidelock.service.db.Transaction;

/** The tables {@code notice_settings} and {@code notices}. */
final class NoticeStore {

  private static final Duration RETENTION = Duration.ofDays(7);

  /** How long a node has for one try before another may make the next. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  /** A notice to be delivered. */
  record Pending(long id, String way, String address, MessageId message, Instant at, int tries) {}

  Mailbox.Notices settings(Transaction transaction, AccountId account) {
    return transaction
        .one(
            "SELECT mail, webhook FROM notice_settings WHERE account_id = $1",
            row ->
                new Mailbox.Notices(
                    Optional.ofNullable(row.getString("mail")).stream()
                        .map(mail -> new Contact(Contact.Kind.MAIL, mail))
                        .toList(),
                    Optional.ofNullable(row.getString("webhook")).stream().toList()),
            account.value())
        .orElse(new Mailbox.Notices(List.of(), List.of()));
  }

  void set(Transaction transaction, AccountId account, Mailbox.Notices settings) {
    transaction.update(
        """
        INSERT INTO notice_settings (account_id, mail, webhook) VALUES ($1, $2, $3)
        ON CONFLICT (account_id) DO UPDATE SET mail = $2, webhook = $3
        """,
        account.value(),
        settings.mail().stream().map(Contact::value).findFirst().orElse(null),
        settings.webhook().stream().findFirst().orElse(null));
  }

  /** Queues what the accounts want to be told of, if they want anything. */
  void enqueue(Transaction transaction, List<Told> items, Instant now) {
    transaction.send(
        """
        INSERT INTO notices (account_id, way, address, message_id, at, next_try_at, expires_at)
        SELECT account_id, way, address, message_id, $3, $3, $4
        FROM unnest($1::bytea[], $2::bytea[]) AS item (account_id, message_id)
        JOIN notice_settings USING (account_id),
        LATERAL (VALUES ('mail', mail), ('webhook', webhook)) w (way, address)
        WHERE address IS NOT NULL
        """,
        array(items.stream().map(item -> item.account().value())),
        array(items.stream().map(item -> item.message().value())),
        now,
        now.plus(RETENTION));
  }

  /** Notices whose turn it is; nobody else gets them until the lease ends. */
  List<Pending> take(Transaction transaction, Instant now, int most) {
    return transaction.all(
        """
        UPDATE notices SET tries = tries + 1, next_try_at = $2
        WHERE notice_id IN (
          SELECT notice_id FROM notices WHERE next_try_at <= $1
          ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING *
        """,
        row ->
            new Pending(
                row.getLong("notice_id"),
                row.getString("way"),
                row.getString("address"),
                new MessageId(bytes(row, "message_id")),
                instant(row, "at"),
                row.getInteger("tries")),
        now,
        now.plus(LEASE),
        most);
  }

  void retryAt(Transaction transaction, long id, Instant next) {
    transaction.update("UPDATE notices SET next_try_at = $2 WHERE notice_id = $1", id, next);
  }

  void remove(Transaction transaction, long id) {
    transaction.update("DELETE FROM notices WHERE notice_id = $1", id);
  }
}
