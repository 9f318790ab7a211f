package org.tidelock.keyserver.records;

import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.keyserver.records.RecordStore.Place;
import org.tidelock.keyserver.records.RecordStore.Stored;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.kek.Kek;
import org.tidelock.service.kek.KekFile;
import org.tidelock.service.kek.KekStore;

/**
 * Seals wrapped records for their rows and opens them. Which KEK seals, the database says; what it
 * is, the file.
 */
final class SealedRecords {

  private static final Logger log = LoggerFactory.getLogger(SealedRecords.class);

  private final KekFile file;
  private final KekStore keks;

  SealedRecords(KekFile file) {
    this.file = file;
    this.keks = new KekStore(file);
  }

  /** The KEK that seals. */
  Kek sealing(Transaction transaction) {
    return keks.sealing(transaction);
  }

  Stored seal(Kek kek, WrappedKey record, Instant now) {
    Bytes rowId = RandomBytes.ofLength(RecordStore.ROW_ID_BYTES);
    Place place = Place.of(record);
    try (SecretBytes content = SecretBytes.takeOver(WireJson.write(record))) {
      return new Stored(rowId, place, kek.id(), kek.seal(rowId, place.identity(), content), now);
    }
  }

  /**
   * The record in a row; none, and a line in the log, if the row was altered or its KEK is gone.
   */
  Optional<WrappedKey> open(Stored row) {
    Optional<SecretBytes> content = content(row);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try (SecretBytes json = content.get()) {
      if (WireJson.read(json.revealCopy(), WrappedKey.class)
          instanceof WireJson.Reading.Read<WrappedKey>(WrappedKey record)) {
        return Optional.of(record);
      }
      throw new IllegalStateException("a sealed record is not what was sealed");
    }
  }

  /** The row's content, sealed under another KEK; none if it does not open. */
  Optional<Bytes> reseal(Stored row, Kek kek) {
    Optional<SecretBytes> content = content(row);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try (SecretBytes json = content.get()) {
      return Optional.of(kek.seal(row.rowId(), row.place().identity(), json));
    }
  }

  private Optional<SecretBytes> content(Stored row) {
    Optional<Kek> kek = file.withId(row.kek());
    if (kek.isEmpty()) {
      log.error("row {}: its KEK {} is not in the KEK file", row.rowId().toHex(), row.kek());
      return Optional.empty();
    }
    return switch (kek.get().open(row.rowId(), row.place().identity(), row.sealed())) {
      case Opening.Opened(SecretBytes content) -> Optional.of(content);
      case Opening.Refused _ -> {
        log.error("row {} was altered: it does not open", row.rowId().toHex());
        yield Optional.empty();
      }
    };
  }
}
