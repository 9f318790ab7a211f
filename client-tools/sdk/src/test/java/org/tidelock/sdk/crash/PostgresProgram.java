package org.tidelock.sdk.crash;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.tidelock.service.db.EmbeddedPostgres;

/**
 * The command of a {@link Postgres}: a PostgreSQL that no server node holds, with a database and
 * the two roles that an operator gives to nodes.
 */
final class PostgresProgram {

  static final String DATABASE = "tidelock_server";

  private PostgresProgram() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
    System.out.printf(
        "PostgreSQL runs: %s %s %s%n",
        postgres.administrator().revealUri(),
        postgres.database(DATABASE).revealUri(),
        postgres.serviceOf(DATABASE).revealUri());
    new CountDownLatch(1).await();
  }

  private static void stop(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (java.io.IOException e) {
      System.out.println(e.getMessage());
    }
  }
}
