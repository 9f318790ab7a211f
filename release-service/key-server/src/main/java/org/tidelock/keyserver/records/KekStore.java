package org.tidelock.keyserver.records;

import static org.tidelock.service.db.Transaction.bytes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.kek.KekId;

/** The table {@code keks}. */
final class KekStore {

  /** The one that seals. */
  Optional<KekId> newest(Transaction transaction) {
    return transaction.one(
        "SELECT kek_id FROM keks ORDER BY number DESC LIMIT 1",
        row -> new KekId(bytes(row, "kek_id")));
  }

  List<KekId> all(Transaction transaction) {
    return transaction.all(
        "SELECT kek_id FROM keks ORDER BY number", row -> new KekId(bytes(row, "kek_id")));
  }

  /** Makes it the one that seals, unless it is there already. */
  void add(Transaction transaction, KekId kek, Instant now) {
    transaction.update(
        "INSERT INTO keks (kek_id, added_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        kek.value(),
        now);
  }

  /** Deletes those that no row needs any more and that are not the newest; the others stay. */
  void deleteUnneeded(Transaction transaction) {
    transaction.update(
        """
        DELETE FROM keks k
        WHERE k.number < (SELECT max(number) FROM keks)
          AND NOT EXISTS (SELECT 1 FROM records r WHERE r.kek_id = k.kek_id)
        """);
  }
}
