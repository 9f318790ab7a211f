package org.tidelock.keyserver.records;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tidelock.keyserver.records.RecordStore.Stored;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keys.KeyPurpose;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;

/**
 * Gives the caller's own records back: the account key under the valid password and under the
 * recovery key, and the private keys of the newest generations, or of those before one.
 */
public final class FetchRecords {

  /** How many generations one answer holds: the largest keys of all still fit a document. */
  private static final int GENERATIONS = 16;

  private static final Set<String> PRIVATE_KEYS =
      Set.of(KeyPurpose.SIGNING_KEY.text(), KeyPurpose.ENCRYPTION_KEY.text());

  private final RecordContext context;

  FetchRecords(RecordContext context) {
    this.context = context;
  }

  /** {@code GET /v1/records} and {@code GET /v1/records?before=G}. */
  public Reply serve(Call call) {
    AccountId account = call.principal().accountId();
    long before = before(call);
    return context
        .database()
        .inTransaction(
            transaction -> {
              Validity validity = context.validity(transaction, account);
              List<Stored> rows = context.dropSuperseded(transaction, account, validity);
              return new Reply.Ok(new KeyServing.Records(opened(asked(rows, validity, before))));
            });
  }

  private static long before(Call call) {
    Optional<String> before = call.query("before");
    if (before.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (!before.get().matches("[1-9][0-9]{0,17}")) {
      throw new Refusal(
          ProblemCode.INVALID_FIELD, "before must be the number of a generation, at least 1");
    }
    return Long.parseLong(before.get());
  }

  /** Records of changes that the server has not made valid count for nobody yet. */
  private static List<Stored> asked(List<Stored> rows, Validity validity, long before) {
    List<Stored> valid = rows.stream().filter(row -> !validity.isPending(row)).toList();
    TreeSet<Long> generations = new TreeSet<>();
    for (Stored row : valid) {
      if (PRIVATE_KEYS.contains(row.place().purpose()) && row.place().version() < before) {
        generations.add(row.place().version());
      }
    }
    while (generations.size() > GENERATIONS) {
      generations.pollFirst();
    }
    return valid.stream()
        .filter(
            row ->
                !PRIVATE_KEYS.contains(row.place().purpose())
                    || generations.contains(row.place().version()))
        .toList();
  }

  private List<WrappedKey> opened(List<Stored> rows) {
    return context
        .cpu()
        .run(() -> rows.stream().map(context.sealed()::open).flatMap(Optional::stream).toList());
  }
}
