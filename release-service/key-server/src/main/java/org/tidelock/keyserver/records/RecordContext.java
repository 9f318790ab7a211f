package org.tidelock.keyserver.records;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.tidelock.keyserver.records.RecordStore.Stored;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.work.CpuWork;

/** What the use cases of this package stand on. */
record RecordContext(
    Database database,
    CpuWork cpu,
    InstantSource clock,
    ConfirmedAccounts accounts,
    RecordStore store,
    SealedRecords sealed) {

  Instant now() {
    return clock.instant();
  }

  /** What counts in an account, whose records nobody else changes until the transaction ends. */
  Validity validity(Transaction transaction, AccountId account) {
    return new Validity(accounts.lock(transaction, account).orElseThrow());
  }

  /**
   * Drops what the valid password's record makes superfluous, if that record is there.
   *
   * @return what is left
   */
  List<Stored> dropSuperseded(Transaction transaction, AccountId account, Validity validity) {
    List<Stored> rows = store.ofAccount(transaction, account);
    if (rows.stream().noneMatch(row -> validity.isValidPassword(row) && opens(row))) {
      return rows;
    }
    for (Stored row : rows) {
      if (validity.isSuperseded(row)) {
        store.delete(transaction, row.rowId());
      }
    }
    return rows.stream().filter(row -> !validity.isSuperseded(row)).toList();
  }

  private boolean opens(Stored row) {
    return cpu.run(() -> sealed.open(row)).isPresent();
  }
}
