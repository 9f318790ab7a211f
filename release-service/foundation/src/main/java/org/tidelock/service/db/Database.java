package org.tidelock.service.db;

import static io.vertx.core.Future.await;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One PostgreSQL database and a pool of connections to it. Called from virtual threads of Vert.x,
 * which wait here without holding a carrier thread. Thread-safe.
 */
public final class Database {

  private static final int SECONDS_TO_WAIT_FOR_A_CONNECTION = 10;

  /** One connection for brief statements is as much use as this many of the others. */
  private static final int OTHERS_FOR_A_BRIEF_ONE = 10;

  /** How many brief statements may be on their way on one connection. */
  private static final int PIPELINED = 256;

  private final Pool pool;
  private final SqlClient brief;
  private final Notifications notifications;

  private Database(Pool pool, SqlClient brief) {
    this.pool = pool;
    this.brief = brief;
    this.notifications = new Notifications(pool);
  }

  /**
   * Opens a pool of at most {@code connections} connections; none is made before it is needed.
   *
   * @param connections at least 2
   */
  public static Database open(Vertx vertx, DatabaseAddress address, int connections) {
    PgConnectOptions options = address.options().setCachePreparedStatements(true);
    options.addProperty("application_name", "tidelock");
    int forBrief = Math.max(1, connections / OTHERS_FOR_A_BRIEF_ONE);
    PgConnectOptions pipelined = new PgConnectOptions(options).setPipeliningLimit(PIPELINED);
    return new Database(
        PgBuilder.pool()
            .connectingTo(options)
            .with(atMost(connections - forBrief))
            .using(vertx)
            .build(),
        PgBuilder.client().connectingTo(pipelined).with(atMost(forBrief)).using(vertx).build());
  }

  private static PoolOptions atMost(int connections) {
    return new PoolOptions()
        .setMaxSize(connections)
        .setConnectionTimeout(SECONDS_TO_WAIT_FOR_A_CONNECTION)
        .setConnectionTimeoutUnit(TimeUnit.SECONDS);
  }

  /**
   * Runs {@code useCase} in one transaction: committed when it returns, rolled back when it throws.
   * What it returns is safe to tell the world, since the commit lies before the return.
   */
  public <T> T inTransaction(Function<Transaction, T> useCase) {
    SqlConnection connection = await(pool.getConnection());
    try {
      // Not awaited: BEGIN goes out with the first statement, a round trip less.
      var begun = connection.begin();
      Transaction transaction = Transaction.on(connection);
      T result;
      try {
        result = useCase.apply(transaction);
      } catch (RuntimeException | Error e) {
        try {
          await(await(begun).rollback());
        } catch (RuntimeException secondary) {
          e.addSuppressed(secondary);
        }
        throw e;
      }
      // COMMIT goes out with what was sent last. If any of that failed, it rolls back.
      var committed = await(begun).commit();
      transaction.settle();
      await(committed);
      notifications.tell(transaction.notes());
      return result;
    } finally {
      // Not awaited: nothing that follows depends on when it is back in the pool.
      connection.close();
    }
  }

  /**
   * Runs statements each of which is a transaction by itself, on one connection: two round trips
   * less than {@link #inTransaction}. A later one may see more than an earlier one, and when one
   * fails, what those before it wrote stays.
   */
  public <T> T apart(Function<Transaction, T> useCase) {
    SqlConnection connection = await(pool.getConnection());
    try {
      Transaction transaction = Transaction.on(connection);
      T result = useCase.apply(transaction);
      transaction.settle();
      return result;
    } finally {
      connection.close();
    }
  }

  /**
   * Runs a single statement, which is a transaction by itself: one round trip instead of three.
   *
   * @throws IllegalStateException if {@code statement} runs a second one
   */
  public <T> T inOneStatement(Function<Transaction, T> statement) {
    return statement.apply(Transaction.ofOneStatementOn(pool));
  }

  /**
   * Runs a single statement that is soon done, on a connection that many share: one waits for those
   * before it, and they reach the database, and their answers come back, many at once. Not for what
   * reads many rows, nor for what may wait for a lock that a transaction of this node holds while
   * it is computing.
   *
   * @throws IllegalStateException if {@code statement} runs a second one
   */
  public <T> T inOneBriefStatement(Function<Transaction, T> statement) {
    return statement.apply(Transaction.ofOneStatementOn(brief));
  }

  /** Whether the database answers a query now. */
  public boolean answers() {
    try {
      return await(pool.query("SELECT 1").execute()).size() == 1;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Closes all connections. */
  public void close() {
    await(brief.close());
    await(pool.close());
  }
}
