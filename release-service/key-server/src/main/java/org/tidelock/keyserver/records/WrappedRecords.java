package org.tidelock.keyserver.records;

import java.time.InstantSource;
import java.util.List;
import org.tidelock.service.db.Database;
import org.tidelock.service.kek.KekFile;
import org.tidelock.service.kek.SealedRows;
import org.tidelock.service.work.CpuWork;

/** This package, put together: its use cases, for the table of routes. */
public record WrappedRecords(
    StoreRecords storeRecords,
    FetchRecords fetchRecords,
    DeleteRecords deleteRecords,
    ConfirmedAccounts accounts) {

  /** The tables whose rows expire. */
  public static final List<String> EXPIRING_TABLES = List.of("request_nonces");

  /** Puts the package together. */
  public static WrappedRecords of(
      Database database, CpuWork cpu, InstantSource clock, KekFile file) {
    ConfirmedAccounts accounts = new ConfirmedAccounts();
    RecordContext context =
        new RecordContext(
            database, cpu, clock, accounts, new RecordStore(), new SealedRecords(file));
    return new WrappedRecords(
        new StoreRecords(context), new FetchRecords(context), new DeleteRecords(context), accounts);
  }

  /**
   * What a rotation of the KEK seals again.
   *
   * @param file where the KEKs are
   */
  public static SealedRows sealedRows(KekFile file) {
    return new ResealRecords(new RecordStore(), new SealedRecords(file));
  }
}
