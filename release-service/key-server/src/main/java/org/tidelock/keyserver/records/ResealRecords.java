package org.tidelock.keyserver.records;

import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.keyserver.records.RecordStore.Stored;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.kek.Kek;
import org.tidelock.service.kek.SealedRows;

/** Seals the records' rows again, for a rotation of the KEK. */
record ResealRecords(RecordStore records, SealedRecords sealed) implements SealedRows {

  @Override
  public String table() {
    return "records";
  }

  @Override
  public Batch reseal(Transaction transaction, Kek kek, Bytes after, int limit) {
    List<Stored> rows = records.lockOthersThan(transaction, kek.id(), after, limit);
    int damaged = 0;
    for (Stored row : rows) {
      Optional<Bytes> again = sealed.reseal(row, kek);
      if (again.isPresent()) {
        records.reseal(transaction, row.rowId(), kek.id(), again.get());
      } else {
        damaged++;
      }
    }
    return new Batch(rows.size(), damaged, rows.isEmpty() ? after : rows.getLast().rowId());
  }
}
