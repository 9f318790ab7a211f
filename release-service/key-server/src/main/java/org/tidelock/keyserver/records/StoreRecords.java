package org.tidelock.keyserver.records;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidelock.keyserver.records.RecordStore.Place;
import org.tidelock.keyserver.records.RecordStore.Stored;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;
import org.tidelock.service.kek.Kek;

/**
 * Stores wrapped records, all or none. One that is there already stays as it is. Once the valid
 * password's record is there, those of older passwords go; private keys never do.
 */
public final class StoreRecords {

  /** How many secrets of one purpose and version there may be: changes that were given up. */
  private static final int MAX_ALIKE = 4;

  private final RecordContext context;

  StoreRecords(RecordContext context) {
    this.context = context;
  }

  /** {@code POST /v1/records}. */
  public Reply serve(Call call, KeyServing.Records request) {
    AccountId account = call.principal().accountId();
    for (WrappedKey record : request.records()) {
      requireOf(account, record);
    }
    Instant now = context.now();
    return context
        .database()
        .inTransaction(
            transaction -> {
              Validity validity = context.validity(transaction, account);
              request.records().forEach(record -> requireValid(validity, record));
              context.store().lockForInserting(transaction);
              List<Stored> there = dropAbandoned(transaction, account, validity, now);
              List<WrappedKey> fresh = touchKnown(transaction, there, request.records(), now);
              requireRoom(there, fresh);
              insert(transaction, fresh, now);
              context.dropSuperseded(transaction, account, validity);
              return new Reply.NoContent();
            });
  }

  /** A record says whose it is, because that is bound to it; whose it is, the token says. */
  private static void requireOf(AccountId account, WrappedKey record) {
    if (!record.account().equals(account)) {
      throw new Refusal(
          ProblemCode.INVALID_FIELD,
          "records: a record is of account %s; the token is of %s"
              .formatted(record.account(), account));
    }
  }

  private static void requireValid(Validity validity, WrappedKey record) {
    validity
        .objection(record)
        .ifPresent(
            reason -> {
              throw new Refusal(ProblemCode.VERSION_CONFLICT, reason);
            });
  }

  private List<Stored> dropAbandoned(
      Transaction transaction, AccountId account, Validity validity, Instant now) {
    List<Stored> there = new ArrayList<>(context.store().ofAccount(transaction, account));
    for (Stored row : List.copyOf(there)) {
      if (validity.isAbandoned(row, now)) {
        context.store().delete(transaction, row.rowId());
        there.remove(row);
      }
    }
    return there;
  }

  /** Those that are not there yet. A row that does not open any more is written anew. */
  private List<WrappedKey> touchKnown(
      Transaction transaction, List<Stored> there, List<WrappedKey> records, Instant now) {
    Map<Place, Stored> rows =
        there.stream().collect(Collectors.toMap(Stored::place, Function.identity()));
    List<WrappedKey> fresh = new ArrayList<>();
    for (Map.Entry<Place, WrappedKey> asked : byPlace(records).entrySet()) {
      Stored row = rows.get(asked.getKey());
      if (row == null) {
        fresh.add(asked.getValue());
        continue;
      }
      Optional<WrappedKey> known = context.cpu().run(() -> context.sealed().open(row));
      if (known.isEmpty()) {
        context.store().delete(transaction, row.rowId());
        there.remove(row);
        fresh.add(asked.getValue());
      } else if (known.get().equals(asked.getValue())) {
        context.store().touch(transaction, row.rowId(), now);
      } else {
        throw conflict(asked.getValue());
      }
    }
    return fresh;
  }

  private static Map<Place, WrappedKey> byPlace(List<WrappedKey> records) {
    Map<Place, WrappedKey> byPlace = new LinkedHashMap<>();
    for (WrappedKey record : records) {
      WrappedKey before = byPlace.put(Place.of(record), record);
      if (before != null && !before.equals(record)) {
        throw conflict(record);
      }
    }
    return byPlace;
  }

  private static Refusal conflict(WrappedKey record) {
    return new Refusal(
        ProblemCode.VERSION_CONFLICT,
        "another %s of version %d with this public key is stored"
            .formatted(record.purpose().text(), record.version()));
  }

  private static void requireRoom(List<Stored> there, List<WrappedKey> fresh) {
    int count = there.size() + fresh.size();
    if (count > KeyServing.MAX_RECORDS) {
      throw new Refusal(
          ProblemCode.TOO_LARGE,
          "the account would have %d records; at most %d allowed"
              .formatted(count, KeyServing.MAX_RECORDS));
    }
    for (WrappedKey record : fresh) {
      long alike =
          Stream.concat(there.stream().map(Stored::place), fresh.stream().map(Place::of))
              .filter(
                  place ->
                      place.purpose().equals(record.purpose().text())
                          && place.version() == record.version())
              .count();
      if (alike > MAX_ALIKE) {
        throw new Refusal(
            ProblemCode.VERSION_CONFLICT,
            "%d changes to version %d are under way; one that is given up makes room after %d h"
                .formatted(alike - 1, record.version(), Validity.PENDING.toHours()));
      }
    }
  }

  private void insert(Transaction transaction, List<WrappedKey> fresh, Instant now) {
    Kek kek = context.sealed().sealing(transaction);
    List<Stored> rows =
        context
            .cpu()
            .run(
                () ->
                    fresh.stream().map(record -> context.sealed().seal(kek, record, now)).toList());
    for (Stored row : rows) {
      context.store().insert(transaction, row);
    }
  }
}
