package org.tidelock.service.db;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/**
 * Where a PostgreSQL database is and as whom it is entered. Written {@code
 * postgresql://user:password@host:port/database?sslmode=require}, the form libpq reads. Its {@code
 * toString} leaves the password out.
 */
public final class DatabaseAddress {

  private final PgConnectOptions options;

  private DatabaseAddress(PgConnectOptions options) {
    this.options = options;
  }

  /**
   * Reads a connection URI.
   *
   * @throws IllegalArgumentException if it is not one; the message does not repeat it, since it
   *     holds a password
   */
  public static DatabaseAddress parse(String uri) {
    if (!uri.startsWith("postgresql://") && !uri.startsWith("postgres://")) {
      throw new IllegalArgumentException(
          "a database URL begins with postgresql://, as in postgresql://user:password@host/name");
    }
    try {
      return new DatabaseAddress(PgConnectOptions.fromUri(uri));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the database URL cannot be read; write postgresql://user:password@host:port/name");
    }
  }

  static DatabaseAddress of(String host, int port, String database, Login login) {
    return new DatabaseAddress(
        new PgConnectOptions()
            .setHost(host)
            .setPort(port)
            .setDatabase(database)
            .setUser(login.role())
            .setPassword(login.password()));
  }

  /** The same server, entered with another login and another database. */
  public DatabaseAddress with(String database, Login login) {
    return of(options.getHost(), options.getPort(), database, login);
  }

  /** The same server and login, another database. */
  public DatabaseAddress withDatabase(String database) {
    return new DatabaseAddress(new PgConnectOptions(options).setDatabase(database));
  }

  /** A role of the database and its password. */
  public record Login(String role, String password) {
    @Override
    public String toString() {
      return role;
    }
  }

  /** The database's name. */
  public String database() {
    return options.getDatabase();
  }

  /** The role's name. */
  public String role() {
    return options.getUser();
  }

  /** The URI with the password in it. */
  public String revealUri() {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(
            options.getUser(),
            options.getPassword(),
            options.getHost(),
            options.getPort(),
            options.getDatabase());
  }

  /** A plain connection, for what is no request: benchmarks, tests, an operator's command. */
  public Connection connect() throws SQLException {
    return Migrations.dataSource(this).getConnection();
  }

  PgConnectOptions options() {
    return new PgConnectOptions(options);
  }

  String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s"
        .formatted(options.getHost(), options.getPort(), options.getDatabase());
  }

  Properties jdbcProperties() {
    Properties properties = new Properties();
    properties.setProperty("user", options.getUser());
    properties.setProperty("password", options.getPassword());
    properties.setProperty("sslmode", jdbcSslMode(options.getSslMode()));
    return properties;
  }

  private static String jdbcSslMode(SslMode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s"
        .formatted(options.getUser(), options.getHost(), options.getPort(), options.getDatabase());
  }
}
