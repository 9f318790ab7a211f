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
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;

/**
 * A running transaction, as stores use it. Parameters are {@code $1}, {@code $2} ...; instants and
 * bytes are taken as they are. Not thread-safe.
 */
public final class Transaction {

  /**
   * What a statement selects from, besides, whose commit need not be waited for until it is on
   * disk: a crash of the database may lose what it wrote, and what was committed in this way after
   * it. It never loses that and keeps a later commit that was waited for, since the log is written
   * in order.
   */
  public static final String WITHOUT_WAITING =
      "(SELECT set_config('synchronous_commit', 'off', true)) AS without_waiting";

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
    return read(execute(sql, parameters), read);
  }

  /**
   * The row of a query that finds one or none.
   *
   * @throws IllegalStateException if it finds more
   */
  public <T> Optional<T> one(String sql, Function<Row, T> read, @Nullable Object... parameters) {
    return atMostOne(all(sql, read, parameters));
  }

  /**
   * Asks for the row of a query that finds one or none, without waiting for it: what is sent before
   * the first answer is taken goes to the database at once, in its order.
   *
   * @return waits for the row, and throws as {@link #one} does
   */
  public <T> Supplier<Optional<T>> oneLater(
      String sql, Function<Row, T> read, @Nullable Object... parameters) {
    Supplier<List<T>> rows = allLater(sql, read, parameters);
    return () -> atMostOne(rows.get());
  }

  /** Asks for the rows of a query without waiting for them, as {@link #oneLater} does. */
  public <T> Supplier<List<T>> allLater(
      String sql, Function<Row, T> read, @Nullable Object... parameters) {
    Future<RowSet<Row>> asked = submit(sql, parameters);
    sent.add(asked);
    return () -> read(await(asked), read);
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

  /** Changes rows without waiting; what is returned waits, and tells how many. */
  public IntSupplier updateLater(String sql, @Nullable Object... parameters) {
    Future<RowSet<Row>> asked = submit(sql, parameters);
    sent.add(asked);
    return () -> await(asked).rowCount();
  }

  /** A parameter that is an array of bytes, {@code bytea[]}. */
  public static Buffer[] array(Stream<Bytes> values) {
    return values.map(value -> Buffer.buffer(value.toArray())).toArray(Buffer[]::new);
  }

  /** A column of bytes. */
  public static Bytes bytes(Row row, String column) {
    return Bytes.of(row.getBuffer(column).getBytes());
  }

  /** A column of time. */
  public static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static <T> List<T> read(RowSet<Row> rows, Function<Row, T> read) {
    List<T> results = new ArrayList<>();
    for (Row row : rows) {
      results.add(read.apply(row));
    }
    return results;
  }

  private static <T> Optional<T> atMostOne(List<T> rows) {
    if (rows.size() > 1) {
      throw new IllegalStateException("%d rows where one was expected".formatted(rows.size()));
    }
    return rows.stream().findFirst();
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
