package org.tidelock.service.db;

import java.time.Instant;
import java.util.List;

/**
 * Removes rows that have expired. They are no longer taken anyway; this only keeps tables small, so
 * any number of nodes may do it, at any time.
 */
public final class Sweeper {

  private final Database database;
  private final List<String> tables;

  /**
   * Sweeps these tables of their expired rows.
   *
   * @param tables each with a column {@code expires_at}
   */
  public Sweeper(Database database, List<String> tables) {
    this.database = database;
    this.tables = List.copyOf(tables);
  }

  /** Removes what expired before {@code now}. */
  public void sweep(Instant now) {
    for (String table : tables) {
      database.inTransaction(
          transaction ->
              transaction.update("DELETE FROM " + table + " WHERE expires_at <= $1", now));
    }
    database.inTransaction(
        transaction ->
            transaction.update(
                "DELETE FROM rate_limits WHERE updated_at < $1::timestamptz - interval '1 day'",
                now));
  }
}
