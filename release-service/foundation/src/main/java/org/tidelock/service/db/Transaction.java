package org.tidelock.service.db;

import static io.vertx.core.Future.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;

/**
 * A running transaction, as stores use it. Parameters are {@code $1}, {@code $2} ...; instants and
 * bytes are taken as they are. Not thread-safe.
 */
public final class Transaction {

  private final SqlClient client;
  private final List<Future<?>> sent = new ArrayList<>();
  private final List<Notifications.Note> notes = new ArrayList<>();
  private int statementsAllowed;

  private Transaction(SqlClient client, int statementsAllowed) {
    this.client = client;
    this.statementsAllowed = statementsAllowed;
  }

  /** A transaction that whoever began it ends. */
  static Transaction on(SqlConnection connection) {
    return new Transaction(connection, Integer.MAX_VALUE);
  }

  /** One that nobody began, and that ends with its only statement. */
  static Transaction ofOneStatementOn(SqlClient client) {
    return new Transaction(client, 1);
  }

  /** The rows of a query, each read by {@code read}. */
  public <T> List<T> all(String sql, Function<Row, T> read, @Nullable Object... parameters) {
    List<T> results = new ArrayList<>();
    for (Row row : execute(sql, parameters)) {
      results.add(read.apply(row));
    }
    return results;
  }

  /**
   * The row of a query that finds one or none.
   *
   * @throws IllegalStateException if it finds more
   */
  public <T> Optional<T> one(String sql, Function<Row, T> read, @Nullable Object... parameters) {
    List<T> rows = all(sql, read, parameters);
    if (rows.size() > 1) {
      throw new IllegalStateException("%d rows where one was expected".formatted(rows.size()));
    }
    return rows.stream().findFirst();
  }

  /**
   * Changes rows without waiting until it is done: several such statements go to the database at
   * once, in their order, and the transaction is committed only if each succeeded.
   */
  public void send(String sql, @Nullable Object... parameters) {
    sent.add(submit(sql, parameters));
  }

  /** Tells every node that listens, once this is committed: see {@link Wakeups}. */
  public void tell(String channel, String payload) {
    notes.add(new Notifications.Note(channel, payload));
  }

  /** What is to be told. */
  List<Notifications.Note> notes() {
    return notes;
  }

  /** Waits for what was sent; throws what the first that failed did. */
  void settle() {
    for (Future<?> statement : sent) {
      await(statement);
    }
    sent.clear();
  }

  /** Changes rows and tells how many. */
  public int update(String sql, @Nullable Object... parameters) {
    return execute(sql, parameters).rowCount();
  }

  /** A column of bytes. */
  public static Bytes bytes(Row row, String column) {
    return Bytes.of(row.getBuffer(column).getBytes());
  }

  /** A column of time. */
  public static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private RowSet<Row> execute(String sql, @Nullable Object... parameters) {
    return await(submit(sql, parameters));
  }

  private Future<RowSet<Row>> submit(String sql, @Nullable Object... parameters) {
    if (statementsAllowed-- == 0) {
      throw new IllegalStateException("a second statement where one was announced: " + sql);
    }
    Tuple tuple = Tuple.tuple();
    for (@Nullable Object parameter : parameters) {
      tuple.addValue(
          switch (parameter) {
            case null -> null;
            case byte[] bytes -> Buffer.buffer(bytes);
            case Bytes bytes -> Buffer.buffer(bytes.toArray());
            case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            default -> parameter;
          });
    }
    return client.preparedQuery(sql).execute(tuple);
  }
}
