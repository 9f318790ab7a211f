package org.tidelock.server.mailbox;

import static org.tidelock.service.db.Transaction.array;
import static org.tidelock.service.db.Transaction.bytes;
import static org.tidelock.service.db.Transaction.instant;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.service.db.Transaction;

/**
 * The queues of all devices, in the tables {@code mailbox_sequences} and {@code mailbox_items}.
 * Items of one account get their sequence under its row's lock, so that none appears behind one
 * that was seen already. It is the time in microseconds, or one more than the last: a database that
 * was restored from a backup goes on above what devices have seen of the one that was lost.
 */
public final class Mailboxes {

  /** What nodes tell one another of: an account whose queues have something new. */
  static final String CHANNEL = "mailbox";

  /** How long an item waits for a device that never comes. The message itself stays. */
  private static final Duration RETENTION = Duration.ofDays(90);

  /** How many items wait for one device at most; the oldest go first. */
  private static final int MAX_ITEMS = 10_000;

  /** Puts an item into the queue of each of the account's devices. */
  public void enqueue(
      Transaction transaction,
      AccountId account,
      Mailbox.Kind kind,
      MessageId message,
      Instant now) {
    transaction.send(
        """
        WITH next AS (
          INSERT INTO mailbox_sequences AS s (account_id, last_sequence)
          SELECT account_id, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
          FROM accounts WHERE account_id = $1
          ON CONFLICT (account_id) DO UPDATE
          SET last_sequence = greatest(s.last_sequence + 1, excluded.last_sequence)
          RETURNING account_id, last_sequence)
        INSERT INTO mailbox_items (device_id, sequence, kind, message_id, at, expires_at)
        SELECT d.device_id, next.last_sequence, $2, $3, $4, $5
        FROM next JOIN devices d USING (account_id) WHERE d.certificate IS NOT NULL
        """,
        account.value(),
        kind.text(),
        message.value(),
        now,
        now.plus(RETENTION));
    transaction.tell(CHANNEL, account.toString());
  }

  /** A message that an account's devices are told of. */
  public record Told(AccountId account, MessageId message) {}

  /**
   * Puts many items into the queues of their accounts' devices, those of one account in the order
   * given. Accounts are locked in one order, whoever does so.
   */
  public void enqueue(Transaction transaction, List<Told> items, Mailbox.Kind kind, Instant now) {
    transaction.send(
        """
        WITH items AS MATERIALIZED (
          SELECT account_id, message_id,
            row_number() OVER (PARTITION BY account_id ORDER BY place) AS number,
            count(*) OVER (PARTITION BY account_id) AS of_account
          FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY
            AS item (account_id, message_id, place)
          JOIN accounts USING (account_id)),
        next AS (
          INSERT INTO mailbox_sequences AS s (account_id, last_sequence)
          SELECT account_id,
            (extract(epoch FROM clock_timestamp()) * 1000000)::bigint + of_account - 1
          FROM items WHERE number = 1 ORDER BY account_id
          ON CONFLICT (account_id) DO UPDATE
          SET last_sequence = greatest(
            excluded.last_sequence,
            s.last_sequence + (
              SELECT of_account FROM items i WHERE i.account_id = s.account_id AND number = 1))
          RETURNING account_id, last_sequence)
        INSERT INTO mailbox_items (device_id, sequence, kind, message_id, at, expires_at)
        SELECT d.device_id, next.last_sequence - items.of_account + items.number, $3,
          items.message_id, $4, $5
        FROM next JOIN items USING (account_id) JOIN devices d USING (account_id)
        WHERE d.certificate IS NOT NULL
        """,
        array(items.stream().map(item -> item.account().value())),
        array(items.stream().map(item -> item.message().value())),
        kind.text(),
        now,
        now.plus(RETENTION));
    items.stream()
        .map(item -> item.account().toString())
        .distinct()
        .forEach(account -> transaction.tell(CHANNEL, account));
  }

  /** Those of the devices that have an item behind the sequence given for each. */
  List<DeviceId> behindAny(Transaction transaction, Map<DeviceId, Long> sequences) {
    List<Map.Entry<DeviceId, Long>> entries = List.copyOf(sequences.entrySet());
    return transaction.all(
        """
        SELECT device_id FROM unnest($1::bytea[], $2::bigint[]) AS seen (device_id, sequence)
        WHERE EXISTS (SELECT 1 FROM mailbox_items i
                      WHERE i.device_id = seen.device_id AND i.sequence > seen.sequence)
        """,
        row -> new DeviceId(bytes(row, "device_id")),
        array(entries.stream().map(entry -> entry.getKey().value())),
        entries.stream().map(Map.Entry::getValue).toArray(Long[]::new));
  }

  /** The oldest items of a device. */
  List<Mailbox.Item> oldest(Transaction transaction, DeviceId device, int most) {
    return behind(transaction, device, 0, most);
  }

  /** The oldest items of a device behind a sequence. */
  List<Mailbox.Item> behind(Transaction transaction, DeviceId device, long sequence, int most) {
    return transaction.all(
        """
        SELECT sequence, kind, message_id, at FROM mailbox_items
        WHERE device_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3
        """,
        row ->
            new Mailbox.Item(
                row.getLong("sequence"),
                kind(row.getString("kind")),
                new MessageId(bytes(row, "message_id")),
                instant(row, "at")),
        device.value(),
        sequence,
        most);
  }

  /** Deletes items that a device has dealt with. */
  void acknowledge(Transaction transaction, DeviceId device, List<Long> sequences) {
    transaction.update(
        "DELETE FROM mailbox_items WHERE device_id = $1 AND sequence = ANY ($2::bigint[])",
        device.value(),
        sequences.toArray(Long[]::new));
  }

  /** Deletes the oldest items of queues that are too long. */
  void trim(Transaction transaction, DeviceId device) {
    transaction.update(
        """
        DELETE FROM mailbox_items WHERE device_id = $1 AND sequence <= (
          SELECT sequence FROM mailbox_items WHERE device_id = $1
          ORDER BY sequence DESC OFFSET $2 LIMIT 1)
        """,
        device.value(),
        MAX_ITEMS);
  }

  private static Mailbox.Kind kind(String text) {
    return Arrays.stream(Mailbox.Kind.values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow();
  }
}
