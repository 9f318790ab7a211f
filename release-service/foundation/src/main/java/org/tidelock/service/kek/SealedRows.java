package org.tidelock.service.kek;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.service.db.Transaction;

/** The rows of a table that name, in the column {@code kek_id}, the KEK that they are sealed by. */
public interface SealedRows {

  /** The table's name. */
  String table();

  /**
   * Seals some rows again.
   *
   * @param kek what they are sealed by from now on; rows that are already are left out
   * @param after rows with greater ids only
   * @param limit how many at most
   */
  Batch reseal(Transaction transaction, Kek kek, Bytes after, int limit);

  /**
   * What was done.
   *
   * @param rows how many rows were looked at
   * @param damaged how many of them do not open, and stay as they are
   * @param last the greatest id; {@code after} if there were no rows
   */
  record Batch(int rows, int damaged, Bytes last) {}
}
