package org.tidelock.service.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The database of all tests: the PostgreSQL named by {@code -Dtidelock.test.databaseUrl} or {@code
 * TIDELOCK_TEST_DATABASE_URL}; else one in a container where a Docker engine answers; else the
 * embedded one, below {@code target}. The log names which. Each caller gets a database of its own.
 */
public final class TestDatabase {

  private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);

  private static @Nullable DatabaseAddress server;

  private TestDatabase() {}

  /** A new and empty database, owned by the role that enters it. */
  public static synchronized DatabaseAddress fresh() {
    DatabaseAddress administrator = server();
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = Migrations.dataSource(administrator).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("no test database on " + administrator, e);
    }
    return administrator.withDatabase(name);
  }

  /** The URL of a new and empty database, as an operator would give it. */
  public static String freshUrl() {
    return fresh().revealUri();
  }

  /** The URL of a database as its owner, and as a new role that owns nothing in it. */
  public record OwnerAndService(String owner, String service) {}

  /** A new and empty database, as an operator would give it to a service that is kept apart. */
  public static synchronized OwnerAndService freshKeptApart() {
    DatabaseAddress owner = fresh();
    DatabaseAddress.Login login =
        new DatabaseAddress.Login(owner.database() + "_service", UUID.randomUUID().toString());
    try (Connection connection = Migrations.dataSource(owner).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(login.role(), login.password()));
    } catch (SQLException e) {
      throw new IllegalStateException("no role for a service on " + owner, e);
    }
    return new OwnerAndService(owner.revealUri(), owner.with(owner.database(), login).revealUri());
  }

  /** The URL of a new and empty database, owned by a new role that can enter no other one. */
  public static synchronized String freshUrlOfOwnRole() {
    DatabaseAddress administrator = server();
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    String password = UUID.randomUUID().toString();
    try (Connection connection = Migrations.dataSource(administrator).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password));
      statement.execute("GRANT %s TO CURRENT_USER".formatted(name));
      statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, name));
      statement.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
    } catch (SQLException e) {
      throw new IllegalStateException("no test database on " + administrator, e);
    }
    return administrator.with(name, new DatabaseAddress.Login(name, password)).revealUri();
  }

  /** A connection for looking at a database from outside. */
  public static Connection connect(String url) throws SQLException {
    return Migrations.dataSource(DatabaseAddress.parse(url)).getConnection();
  }

  private static DatabaseAddress server() {
    DatabaseAddress running = server;
    if (running == null) {
      running = start();
      server = running;
    }
    return running;
  }

  private static DatabaseAddress start() {
    String url =
        System.getProperty(
            "tidelock.test.databaseUrl",
            System.getenv().getOrDefault("TIDELOCK_TEST_DATABASE_URL", ""));
    if (!url.isEmpty()) {
      DatabaseAddress given = DatabaseAddress.parse(url);
      log.info("tests run on the given PostgreSQL, {}", given);
      return given;
    }
    return dockerAnswers() ? inContainer() : embedded();
  }

  private static boolean dockerAnswers() {
    String host = System.getenv().getOrDefault("DOCKER_HOST", "");
    if (host.isEmpty() && !Files.exists(Path.of("/var/run/docker.sock"))) {
      return false;
    }
    try {
      return org.testcontainers.DockerClientFactory.instance().isDockerAvailable();
    } catch (RuntimeException e) {
      return false;
    }
  }

  @SuppressWarnings("resource") // Testcontainers removes it when this JVM ends.
  private static DatabaseAddress inContainer() {
    PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine");
    container.start();
    log.info("tests run on PostgreSQL in a container");
    return DatabaseAddress.of(
        container.getHost(),
        container.getFirstMappedPort(),
        container.getDatabaseName(),
        new DatabaseAddress.Login(container.getUsername(), container.getPassword()));
  }

  private static DatabaseAddress embedded() {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of("target", "test-postgres"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
      log.info("tests run on the embedded PostgreSQL, {}", postgres.administrator());
      return postgres.administrator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      log.warn("the embedded PostgreSQL was not stopped", e);
    }
  }
}
