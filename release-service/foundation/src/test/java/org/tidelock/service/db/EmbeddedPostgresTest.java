package org.tidelock.service.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  @TempDir Path folder;

  @Test
  void keepsWhatItConfirmedThroughAKillAndStopsTheOrphanOfAnEarlierRun() throws Exception {
    Path home = folder.resolve("pg");
    EmbeddedPostgres first = EmbeddedPostgres.start(home);
    DatabaseAddress address = first.database("tidelock");
    run(address, "CREATE TABLE kept (n int)");
    run(address, "INSERT INTO kept VALUES (7)");

    // A second service on the same directory is refused while the first one holds it.
    assertThatThrownBy(() -> EmbeddedPostgres.start(home))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use by another running service");

    long orphan = postmaster(home);
    first.letGoWithoutStopping();
    assertThat(ProcessHandle.of(orphan)).isPresent();

    EmbeddedPostgres second = EmbeddedPostgres.start(home);
    assertThat(postmaster(home)).isNotEqualTo(orphan);
    assertThat(read(second.database("tidelock"), "SELECT n FROM kept")).isEqualTo("7");

    ProcessHandle killed = ProcessHandle.of(postmaster(home)).orElseThrow();
    run(second.database("tidelock"), "INSERT INTO kept VALUES (8)");
    killed.destroyForcibly();
    killed.onExit().get(30, TimeUnit.SECONDS);
    second.letGoWithoutStopping();

    try (EmbeddedPostgres third = EmbeddedPostgres.start(home)) {
      assertThat(read(third.database("tidelock"), "SELECT count(*) FROM kept")).isEqualTo("2");
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        assertThat(read(third.administrator(), "SHOW " + setting)).isEqualTo("on");
      }
    }
  }

  @Test
  void letsNobodyInWithoutTheRightPasswordNorIntoAnotherRolesDatabase() throws Exception {
    Path home = folder.resolve("pg");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
      DatabaseAddress mine = postgres.database("tidelock");
      DatabaseAddress keys = postgres.database("tidelock_keys");
      DatabaseAddress guessed =
          mine.with("tidelock", new DatabaseAddress.Login("tidelock", "not the password"));
      assertThatThrownBy(() -> read(guessed, "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(() -> read(mine.withDatabase("tidelock_keys"), "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied for database");
      assertThat(read(keys, "SELECT 1")).isEqualTo("1");
      assertThat(mine.toString())
          .doesNotContain(Files.readString(home.resolve("tidelock.password")));
    }
  }

  private static long postmaster(Path home) throws IOException {
    return Long.parseLong(Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst());
  }

  private static void run(DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection = Migrations.dataSource(address).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String read(DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection = Migrations.dataSource(address).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
