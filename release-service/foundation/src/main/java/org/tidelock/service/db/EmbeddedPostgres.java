package org.tidelock.service.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Optional;
import org.tidelock.service.db.DatabaseAddress.Login;

/**
 * A PostgreSQL of the service's own, for whoever gives it none: its data survives restarts and kill
 * -9, and nobody enters without a password. Passwords lie beside the data directory, readable by
 * its owner alone.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private final Path home;
  private final PostgresCluster cluster;
  private final DatabaseAddress administrator;

  private EmbeddedPostgres(Path home, PostgresCluster cluster, DatabaseAddress administrator) {
    this.home = home;
    this.cluster = cluster;
    this.administrator = administrator;
  }

  /**
   * Starts on the data kept in {@code home}, or on a new data directory there.
   *
   * @throws IOException if another program uses it, or PostgreSQL cannot be found or started; the
   *     message says what to do
   */
  public static EmbeddedPostgres start(Path home) throws IOException {
    Path folder =
        Files.createDirectories(
                home,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
            .toRealPath();
    Login login =
        new Login(PostgresCluster.ADMINISTRATOR, password(folder, PostgresCluster.ADMINISTRATOR));
    PostgresCluster cluster = PostgresCluster.open(folder, login.password());
    int port = cluster.start();
    return new EmbeddedPostgres(
        folder, cluster, DatabaseAddress.of("127.0.0.1", port, "postgres", login));
  }

  /**
   * The URL, with the password in it, of a database of the PostgreSQL that another process runs in
   * {@code home}; empty if none does.
   */
  public static Optional<String> revealRunning(Path home, String name) throws IOException {
    Path password = home.resolve(name + ".password");
    if (!Files.exists(password) || !PostgresCluster.isHeld(home)) {
      return Optional.empty();
    }
    Login login = new Login(name, Files.readString(password));
    int port = PostgresCluster.lastPort(home);
    return Optional.of(DatabaseAddress.of("127.0.0.1", port, name, login).revealUri());
  }

  /** The whole server, as its administrator. */
  public DatabaseAddress administrator() {
    return administrator;
  }

  /**
   * The database {@code name}, owned by a role of the same name that can enter no other one. Made
   * if it is not there.
   */
  public DatabaseAddress database(String name) throws IOException {
    if (!name.matches("[a-z_]{1,40}")) {
      throw new IllegalArgumentException("%s: lower-case letters and _ only".formatted(name));
    }
    Login login = new Login(name, password(home, name));
    try (Connection connection = Migrations.dataSource(administrator).getConnection();
        Statement statement = connection.createStatement()) {
      makeRole(connection, statement, login);
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
        statement.execute("CREATE DATABASE " + name + " OWNER " + name);
      }
      statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
    } catch (SQLException e) {
      throw new IOException("the database %s could not be made".formatted(name), e);
    }
    return administrator.with(name, login);
  }

  /**
   * The database {@code name} as a role that owns nothing in it, for the service to work as. Made
   * if it is not there; {@link Migrations#admit} lets it in.
   */
  public DatabaseAddress serviceOf(String name) throws IOException {
    Login login = new Login(name + "_service", password(home, name + "_service"));
    try (Connection connection = Migrations.dataSource(administrator).getConnection();
        Statement statement = connection.createStatement()) {
      makeRole(connection, statement, login);
    } catch (SQLException e) {
      throw new IOException("the role %s could not be made".formatted(login.role()), e);
    }
    return administrator.with(name, login);
  }

  /** Stops the server; what it confirmed is on disk. */
  @Override
  public void close() throws IOException {
    cluster.stop();
  }

  /** What a kill -9 of this process does: the server goes on without anyone holding its folder. */
  void letGoWithoutStopping() throws IOException {
    cluster.letGo();
  }

  private static void makeRole(Connection connection, Statement statement, Login login)
      throws SQLException {
    if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", login.role())) {
      statement.execute("CREATE ROLE " + login.role() + " LOGIN");
    }
    statement.execute("ALTER ROLE " + login.role() + " PASSWORD '" + login.password() + "'");
  }

  private static boolean exists(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      return query.executeQuery().next();
    }
  }

  private static String password(Path home, String role) throws IOException {
    Path file = home.resolve(role + ".password");
    if (Files.exists(file)) {
      return Files.readString(file);
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    PostgresCluster.writePrivately(file, password);
    return password;
  }
}
