package org.tidelock.keyserver.records;

import static org.tidelock.service.db.Transaction.bytes;
import static org.tidelock.service.db.Transaction.instant;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.kek.KekId;

/** The table {@code records}. */
final class RecordStore {

  static final int ROW_ID_BYTES = 16;

  /**
   * What a record is known by.
   *
   * @param purpose as it is written
   * @param keyId SHA-256 of the record's public key
   */
  record Place(AccountId account, String purpose, long version, Bytes keyId) {

    static Place of(WrappedKey record) {
      return new Place(
          record.account(),
          record.purpose().text(),
          record.version(),
          Sha256.of(record.publicKey()));
    }

    /** What the sealed column is bound to. */
    Canonical identity() {
      return new Canonical("tidelock/v1/key-server/record")
          .bytes(account.value())
          .text(purpose)
          .integer(version)
          .bytes(keyId);
    }
  }

  /** A row as it is stored. */
  record Stored(Bytes rowId, Place place, KekId kek, Bytes sealed, Instant writtenAt) {}

  List<Stored> ofAccount(Transaction transaction, AccountId account) {
    return transaction.all(
        "SELECT * FROM records WHERE account_id = $1 ORDER BY purpose, version, row_id",
        RecordStore::stored,
        account.value());
  }

  /** Rows may be inserted from here on, and no KEK is retired until the transaction ends. */
  void lockForInserting(Transaction transaction) {
    transaction.update("LOCK TABLE records IN ROW EXCLUSIVE MODE");
  }

  /**
   * Rows under another KEK than this, which nobody else changes until the transaction ends.
   *
   * @param after rows with greater ids only
   */
  List<Stored> lockOthersThan(Transaction transaction, KekId kek, Bytes after, int limit) {
    return transaction.all(
        """
        SELECT * FROM records WHERE kek_id <> $1 AND row_id > $2 ORDER BY row_id LIMIT $3
        FOR UPDATE
        """,
        RecordStore::stored,
        kek.value(),
        after,
        limit);
  }

  void insert(Transaction transaction, Stored row) {
    transaction.update(
        """
        INSERT INTO records
          (row_id, account_id, purpose, version, key_id, kek_id, sealed, written_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        row.rowId(),
        row.place().account().value(),
        row.place().purpose(),
        row.place().version(),
        row.place().keyId(),
        row.kek().value(),
        row.sealed(),
        row.writtenAt());
  }

  /** The record was written again as it is: it is no abandoned one. */
  void touch(Transaction transaction, Bytes rowId, Instant now) {
    transaction.update("UPDATE records SET written_at = $2 WHERE row_id = $1", rowId, now);
  }

  void reseal(Transaction transaction, Bytes rowId, KekId kek, Bytes sealed) {
    transaction.update(
        "UPDATE records SET kek_id = $2, sealed = $3 WHERE row_id = $1",
        rowId,
        kek.value(),
        sealed);
  }

  void delete(Transaction transaction, Bytes rowId) {
    transaction.update("DELETE FROM records WHERE row_id = $1", rowId);
  }

  void deleteAll(Transaction transaction, AccountId account) {
    transaction.update("DELETE FROM records WHERE account_id = $1", account.value());
  }

  private static Stored stored(Row row) {
    return new Stored(
        bytes(row, "row_id"),
        new Place(
            new AccountId(bytes(row, "account_id")),
            row.getString("purpose"),
            row.getLong("version"),
            bytes(row, "key_id")),
        new KekId(bytes(row, "kek_id")),
        bytes(row, "sealed"),
        instant(row, "written_at"));
  }
}
