package org.tidelock.service.db;

import static io.vertx.core.Future.await;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One PostgreSQL database and a pool of connections to it. Called from virtual threads of Vert.x,
 * which wait here without holding a carrier thread. Thread-safe.
 */
public final class Database {

  private static final int SECONDS_TO_WAIT_FOR_A_CONNECTION = 10;

  private final Pool pool;
  private final Notifications notifications;

  private Database(Pool pool) {
    this.pool = pool;
    this.notifications = new Notifications(pool);
  }

  /** Opens a pool of at most {@code connections} connections; none is made before it is needed. */
  public static Database open(Vertx vertx, DatabaseAddress address, int connections) {
    PgConnectOptions options = address.options().setCachePreparedStatements(true);
    options.addProperty("application_name", "tidelock");
    PoolOptions poolOptions =
        new PoolOptions()
            .setMaxSize(connections)
            .setConnectionTimeout(SECONDS_TO_WAIT_FOR_A_CONNECTION)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS);
    return new Database(
        PgBuilder.pool().connectingTo(options).with(poolOptions).using(vertx).build());
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
        transaction.settle();
      } catch (RuntimeException | Error e) {
        try {
          await(await(begun).rollback());
        } catch (RuntimeException secondary) {
          e.addSuppressed(secondary);
        }
        throw e;
      }
      await(await(begun).commit());
      notifications.tell(transaction.notes());
      return result;
    } finally {
      // Not awaited: nothing that follows depends on when it is back in the pool.
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
    await(pool.close());
  }
}
