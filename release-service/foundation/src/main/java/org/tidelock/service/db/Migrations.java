package org.tidelock.service.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema's history: numbered SQL files on the class path, each applied once. Several nodes may
 * start at the same time; one of them migrates and the others wait.
 */
public final class Migrations {

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  /**
   * Brings the database up to date with the files in these folders, in the order of their numbers.
   */
  public static void apply(DatabaseAddress address, String... classPathFolders) {
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(dataSource(address))
            .locations(
                Arrays.stream(classPathFolders).map("classpath:"::concat).toArray(String[]::new))
            // The folders are numbered apart and grow apart.
            .outOfOrder(true);
    // A session lock rather than one held in a transaction: indexes can then be built concurrently
    // without waiting for the migration that builds them.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    MigrateResult result = configuration.load().migrate();
    if (result.migrationsExecuted > 0) {
      log.info("database {} brought to version {}", address.database(), result.targetSchemaVersion);
    }
  }

  /**
   * Lets the service's role work with the tables of the schema {@code public} and call its
   * functions, and with nothing else. Does nothing where the service owns them.
   */
  public static void admit(DatabaseAddress owner, DatabaseAddress service) {
    if (owner.role().equals(service.role())) {
      return;
    }
    if (!service.role().matches("[A-Za-z0-9_.-]{1,63}")) {
      throw new IllegalArgumentException(
          "the service's role may have letters, digits, '_', '.' and '-' only");
    }
    String role = "\"" + service.role() + "\"";
    try (Connection connection = dataSource(owner).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Nodes that start at once would stand in one another's way.
      statement.execute("SELECT pg_advisory_xact_lock(hashtext('tidelock admits its service'))");
      statement.execute("GRANT CONNECT ON DATABASE \"%s\" TO %s".formatted(owner.database(), role));
      statement.execute("GRANT USAGE ON SCHEMA public TO " + role);
      statement.execute(
          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + role);
      statement.execute("REVOKE ALL ON public.flyway_schema_history FROM " + role);
      statement.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO " + role);
      statement.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO " + role);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("%s could not let %s in".formatted(owner, service.role()), e);
    }
  }

  static DataSource dataSource(DatabaseAddress address) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(address.jdbcUrl());
    var properties = address.jdbcProperties();
    source.setUser(properties.getProperty("user"));
    source.setPassword(properties.getProperty("password"));
    source.setSslMode(properties.getProperty("sslmode"));
    return source;
  }
}
