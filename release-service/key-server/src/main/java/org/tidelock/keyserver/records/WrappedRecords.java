package org.tidelock.keyserver.records;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.RateLimits;
import org.tidelock.service.kek.KekFile;
import org.tidelock.service.kek.KekId;
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
      Database database, CpuWork cpu, RateLimits limits, InstantSource clock, KekFile file) {
    ConfirmedAccounts accounts = new ConfirmedAccounts();
    RecordContext context =
        new RecordContext(
            database,
            cpu,
            limits,
            clock,
            accounts,
            new RecordStore(),
            new SealedRecords(file, new KekStore()));
    return new WrappedRecords(
        new StoreRecords(context), new FetchRecords(context), new DeleteRecords(context), accounts);
  }

  /**
   * Makes the file's newest KEK the one that seals, if the database has none yet. Called from a
   * virtual thread.
   *
   * @throws IllegalStateException if the database's rows are sealed under a KEK that the file lacks
   */
  public static void prepare(Database database, InstantSource clock, KekFile file) {
    KekStore keks = new KekStore();
    Optional<KekId> missing =
        database.inTransaction(
            transaction -> {
              if (keks.newest(transaction).isEmpty()) {
                keks.add(transaction, file.newest().id(), clock.instant());
              }
              return keks.all(transaction).stream()
                  .filter(id -> file.withId(id).isEmpty())
                  .findFirst();
            });
    missing.ifPresent(
        id -> {
          throw new IllegalStateException(
              "rows are sealed under the KEK %s, which is not in the KEK file: give the file that"
                      .formatted(id)
                  + " belongs to this database");
        });
  }
}
