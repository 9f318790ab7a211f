package org.tidelock.server.accounts;

import static org.tidelock.service.db.Transaction.bytes;

import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.service.db.Transaction;

/** The table {@code handle_log}, and the handles in {@code accounts}. */
final class HandleStore {

  /** The channel on which nodes tell one another that the log grew. */
  static final String CHANNEL = "handles";

  /** A handle in the log. */
  record Entry(long position, Bytes handleId) {}

  /** Appends a handle. Whoever appends next waits for the transaction's end. */
  void append(Transaction transaction, Bytes handleId) {
    transaction.update(
        """
        WITH size AS (UPDATE handle_log_size SET entries = entries + 1 RETURNING entries)
        INSERT INTO handle_log (position, handle_id) SELECT entries, $1 FROM size
        """,
        handleId);
    transaction.all("SELECT pg_notify($1, '')", row -> true, CHANNEL);
  }

  long size(Transaction transaction) {
    return transaction
        .one("SELECT entries FROM handle_log_size", row -> row.getLong("entries"))
        .orElseThrow();
  }

  /** What was appended after a position, in order. */
  List<Entry> after(Transaction transaction, long position, int limit) {
    return transaction.all(
        """
        SELECT position, handle_id FROM handle_log WHERE position > $1 ORDER BY position LIMIT $2
        """,
        row -> new Entry(row.getLong("position"), bytes(row, "handle_id")),
        position,
        (long) limit);
  }

  /** The handles of all accounts after one of them, by handle. */
  List<Bytes> registeredAfter(Transaction transaction, Bytes handleId, int limit) {
    return transaction.all(
        "SELECT handle_id FROM accounts WHERE handle_id > $1 ORDER BY handle_id LIMIT $2",
        row -> bytes(row, "handle_id"),
        handleId,
        (long) limit);
  }

  /** Which of these handles have an account. */
  Set<Bytes> registered(Transaction transaction, Collection<Bytes> handleIds) {
    Buffer[] asked =
        handleIds.stream().map(id -> Buffer.buffer(id.toArray())).toArray(Buffer[]::new);
    return new HashSet<>(
        transaction.all(
            "SELECT handle_id FROM accounts WHERE handle_id = ANY($1)",
            row -> bytes(row, "handle_id"),
            (Object) asked));
  }
}
