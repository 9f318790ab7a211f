package org.tidelock.keyserver.records;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tidelock.keyserver.records.ConfirmedAccounts.Confirmed;
import org.tidelock.keyserver.records.RecordStore.Stored;
import org.tidelock.protocol.keys.KeyPurpose;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.suite.Sha256;

/**
 * What a record counts for, by what the server has confirmed of its account. A record of one
 * version more than is valid is pending: a change is under way, which the server has not made valid
 * yet and perhaps never does.
 */
final class Validity {

  /** How long a pending record is kept that was not written again. */
  static final Duration PENDING = Duration.ofHours(1);

  private static final String BY_PASSWORD = KeyPurpose.ACCOUNT_KEY_BY_PASSWORD.text();
  private static final String BY_RECOVERY = KeyPurpose.ACCOUNT_KEY_BY_RECOVERY.text();

  private final Confirmed confirmed;

  Validity(Confirmed confirmed) {
    this.confirmed = confirmed;
  }

  /** Why a record cannot be stored; empty if it can. */
  Optional<String> objection(WrappedKey record) {
    return switch (record.purpose()) {
      case ACCOUNT_KEY_BY_PASSWORD -> byPassword(record);
      case ACCOUNT_KEY_BY_RECOVERY ->
          record.version() == 1
              ? Optional.empty()
              : Optional.of(
                  "the recovery key has version 1; the record says %d".formatted(record.version()));
      case SIGNING_KEY, ENCRYPTION_KEY ->
          record.version() <= confirmed.generation() + 1
              ? Optional.empty()
              : Optional.of(
                  "the newest keys are of generation %d; the record says %d"
                      .formatted(confirmed.generation(), record.version()));
    };
  }

  private Optional<String> byPassword(WrappedKey record) {
    long valid = confirmed.passwordVersion();
    if (record.version() == valid + 1) {
      return Optional.empty();
    }
    if (record.version() != valid) {
      return Optional.of(
          "the valid password has version %d; the record says %d"
              .formatted(valid, record.version()));
    }
    return record.publicKey().equals(confirmed.authKey().value())
        ? Optional.empty()
        : Optional.of("the record of version %d is not the valid password's".formatted(valid));
  }

  /** Whether this is the account key under the valid password. */
  boolean isValidPassword(Stored row) {
    return row.place().purpose().equals(BY_PASSWORD)
        && row.place().version() == confirmed.passwordVersion()
        && row.place().keyId().equals(Sha256.of(confirmed.authKey().value()));
  }

  /** Whether the valid password's record, which is there, makes this one superfluous. */
  boolean isSuperseded(Stored row) {
    return row.place().purpose().equals(BY_PASSWORD)
        && row.place().version() <= confirmed.passwordVersion()
        && !isValidPassword(row);
  }

  /** Whether this belongs to a change that the server has not made valid. */
  boolean isPending(Stored row) {
    String purpose = row.place().purpose();
    if (purpose.equals(BY_RECOVERY)) {
      return false;
    }
    return row.place().version()
        > (purpose.equals(BY_PASSWORD) ? confirmed.passwordVersion() : confirmed.generation());
  }

  /** Whether this belongs to a change that was given up. */
  boolean isAbandoned(Stored row, Instant now) {
    return isPending(row) && row.writtenAt().plus(PENDING).isBefore(now);
  }
}
