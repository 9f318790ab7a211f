package org.tidelock.service.kek;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.service.db.Database;

/**
 * Replaces the key encryption key: a fresh one seals from now on, every row is sealed again under
 * it in batches, and the old ones are forgotten once no row needs them. One that was interrupted is
 * finished before another begins. Nodes may run meanwhile, if they read the same file.
 */
public final class RotateKek {

  private static final Logger log = LoggerFactory.getLogger(RotateKek.class);

  private static final int BATCH = 100;
  private static final Bytes BEFORE_ALL = Bytes.of(new byte[0]);

  private final Database database;
  private final InstantSource clock;
  private final KekFile file;
  private final KekStore keks;
  private final SealedRows rows;

  /** Rotates the keys of a database and of their file. */
  public RotateKek(Database database, InstantSource clock, KekFile file, SealedRows rows) {
    this.database = database;
    this.clock = clock;
    this.file = file;
    this.keks = new KekStore(file);
    this.rows = rows;
  }

  /**
   * What was done.
   *
   * @param kek the KEK that seals now
   * @param resealed how many rows were sealed again
   * @param damaged how many rows do not open, and stay as they are with the KEK they name
   */
  public record Outcome(KekId kek, long resealed, long damaged) {}

  /** Rotates, or finishes a rotation that was interrupted. Called from a virtual thread. */
  public Outcome rotate() throws IOException {
    keks.prepare(database, clock);
    Outcome outcome = resealAll(database.inTransaction(keks::sealing));
    if (outcome.resealed() == 0) {
      outcome = resealAll(add());
    }
    file.retainOnly(withoutUnneeded());
    log.info("{}", outcome);
    return outcome;
  }

  private Outcome resealAll(Kek kek) {
    long resealed = 0;
    long damaged = 0;
    SealedRows.Batch batch = reseal(kek, BEFORE_ALL);
    while (batch.rows() > 0) {
      resealed += batch.rows() - batch.damaged();
      damaged += batch.damaged();
      batch = reseal(kek, batch.last());
    }
    return new Outcome(kek.id(), resealed, damaged);
  }

  private SealedRows.Batch reseal(Kek kek, Bytes after) {
    return database.inTransaction(transaction -> rows.reseal(transaction, kek, after, BATCH));
  }

  /** In the file before it is in the database: no row is sealed under a key that could be lost. */
  private Kek add() throws IOException {
    List<KekId> known = database.inTransaction(keks::all);
    Kek kek = known.contains(file.newest().id()) ? file.add() : file.newest();
    database.inTransaction(
        transaction -> {
          keks.add(transaction, kek.id(), clock.instant());
          return kek;
        });
    return kek;
  }

  /** The KEKs that are left once those without a row are gone. */
  private List<KekId> withoutUnneeded() {
    return database.inTransaction(
        transaction -> {
          transaction.update("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE".formatted(rows.table()));
          keks.deleteUnneeded(transaction, rows.table());
          return keks.all(transaction);
        });
  }
}
