package org.tidelock.service.kek;

import static org.tidelock.service.db.Transaction.bytes;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Transaction;

/**
 * The table {@code keks}: which keys seal the rows of another table, the newest the ones to come.
 * The database says which, the file what it is.
 */
public final class KekStore {

  private final KekFile file;

  /** Keys that lie in {@code file}. */
  public KekStore(KekFile file) {
    this.file = file;
  }

  /**
   * Makes the file's newest KEK the one that seals, if the database has none yet. Called from a
   * virtual thread.
   *
   * @throws IllegalStateException if rows are sealed under a KEK that the file lacks
   */
  public void prepare(Database database, InstantSource clock) {
    Optional<KekId> missing =
        database.inTransaction(
            transaction -> {
              if (newest(transaction).isEmpty()) {
                add(transaction, file.newest().id(), clock.instant());
              }
              return all(transaction).stream().filter(id -> file.withId(id).isEmpty()).findFirst();
            });
    missing.ifPresent(
        id -> {
          throw new IllegalStateException(
              "rows are sealed under the KEK %s, which is not in the KEK file: give the file that"
                      .formatted(id)
                  + " belongs to this database");
        });
  }

  /**
   * The KEK that seals.
   *
   * @throws IllegalStateException if the file does not hold it: this node has an old copy
   */
  public Kek sealing(Transaction transaction) {
    return withId(newest(transaction).orElseThrow());
  }

  /**
   * The KEK that the database names.
   *
   * @throws IllegalStateException if the file does not hold it: this node has an old copy
   */
  public Kek withId(KekId id) {
    return file.withId(id)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the KEK %s, which seals, is not in this node's KEK file".formatted(id)));
  }

  /** The one that seals; empty before {@link #prepare}. */
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
  void deleteUnneeded(Transaction transaction, String table) {
    transaction.update(
        """
        DELETE FROM keks k
        WHERE k.number < (SELECT max(number) FROM keks)
          AND NOT EXISTS (SELECT 1 FROM %s r WHERE r.kek_id = k.kek_id)
        """
            .formatted(table));
  }
}
