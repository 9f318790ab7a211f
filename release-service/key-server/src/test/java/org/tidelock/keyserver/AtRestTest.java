package org.tidelock.keyserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.keyserver.app.KeyServerStart;
import org.tidelock.keyserver.testing.KeyOwner;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.service.db.TestDatabase;

/** What the database holds, and what comes of it when somebody changes it. */
class AtRestTest {

  private static RunningKeyServer running;

  @BeforeAll
  static void start() throws Exception {
    running = RunningKeyServer.start();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static KeyOwner somebody() {
    KeyOwner owner =
        KeyOwner.registered(running, "p" + UUID.randomUUID().toString().substring(0, 8));
    assertThat(owner.put(owner.token(Action.WRITE), owner.wrapped()).status()).isEqualTo(204);
    return owner;
  }

  @Test
  void notEvenWrappedKeysStandInTheDatabase() throws Exception {
    KeyOwner owner = somebody();
    String dump = dump();
    assertThat(dump).contains(owner.person.id.value().toHex());
    for (WrappedKey record : owner.wrapped()) {
      for (Bytes part : List.of(record.ciphertext(), record.iv(), record.salt())) {
        assertThat(dump)
            .doesNotContain(part.toHex())
            .doesNotContain(Base64.getEncoder().encodeToString(part.toArray()));
      }
    }
    String kek = Files.readString(kekFile()).strip();
    assertThat(dump)
        .doesNotContain(kek)
        .doesNotContain(
            HexFormat.of()
                .formatHex(Base64.getUrlDecoder().decode(kek.lines().toList().getLast())));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kekFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void aRowThatWasEditedOrMovedIsNotGivenOutAndHealsWhenItIsWrittenAgain() throws Exception {
    KeyOwner owner = somebody();
    String account = "'\\x%s'".formatted(owner.person.id.value().toHex());
    change(
        "UPDATE records SET version = 2 WHERE purpose = 'signing-key' AND account_id = " + account);
    change(
        "UPDATE records SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)"
            + " WHERE purpose = 'encryption-key' AND account_id = "
            + account);

    assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(owner.wrapped().subList(0, 2));

    change("UPDATE records SET version = 1 WHERE version = 2 AND account_id = " + account);
    assertThat(owner.put(owner.token(Action.WRITE), owner.wrapped()).status()).isEqualTo(204);
    assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(owner.wrapped());
  }

  @Test
  void aRowOfSomebodyElsesDoesNotOpenAsOnesOwn() throws Exception {
    KeyOwner victim = somebody();
    KeyOwner thief = KeyOwner.registered(running, "thief");
    assertThat(thief.fetched()).isEmpty();
    change(
        "UPDATE records SET account_id = '\\x%s' WHERE account_id = '\\x%s'"
            .formatted(thief.person.id.value().toHex(), victim.person.id.value().toHex()));
    assertThat(thief.fetched()).isEmpty();
  }

  @Test
  void theKekIsReplacedWhileTheServiceRuns() throws Exception {
    try (RunningKeyServer fresh = RunningKeyServer.start()) {
      KeyOwner owner = KeyOwner.registered(fresh, "rotating");
      owner.put(owner.token(Action.WRITE), owner.wrapped());
      String before = Files.readString(fresh.data().resolve("key-server-keks"));

      var outcome =
          KeyServerStart.rotateKek(
              KeyServerStart.settings(Map.of(), fresh.flags()), fresh.server().clock());

      assertThat(outcome.resealed()).isEqualTo(4);
      assertThat(outcome.damaged()).isZero();
      String after = Files.readString(fresh.data().resolve("key-server-keks"));
      assertThat(after.lines()).hasSize(1).doesNotContain(before.strip());
      assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(owner.wrapped());
      assertThat(owner.put(owner.token(Action.WRITE), owner.wrapped()).status()).isEqualTo(204);
    }
  }

  @Test
  void aReplacementThatWasInterruptedIsFinishedFirst() throws Exception {
    try (RunningKeyServer fresh = RunningKeyServer.start()) {
      KeyOwner owner = KeyOwner.registered(fresh, "interrupted");
      owner.put(owner.token(Action.WRITE), owner.wrapped());
      Path file = fresh.data().resolve("key-server-keks");
      String oldKek = Files.readString(file);
      String oldId = one(fresh.databaseUrl(), "SELECT encode(kek_id, 'hex') FROM keks");
      var settings = KeyServerStart.settings(Map.of(), fresh.flags());
      var first = KeyServerStart.rotateKek(settings, fresh.server().clock());
      // As if it had been killed before its end: some rows are sealed under the KEK before.
      KeyOwner other = KeyOwner.registered(fresh, "other");
      String newKek = Files.readString(file);
      Files.writeString(file, oldKek + newKek);
      run(
          fresh.databaseUrl(),
          "INSERT INTO keks (number, kek_id, added_at) VALUES (1000, '\\x" + oldId + "', now())");
      other.put(other.token(Action.WRITE), other.wrapped());
      run(fresh.databaseUrl(), "UPDATE keks SET number = -1 WHERE number = 1000");

      var second = KeyServerStart.rotateKek(settings, fresh.server().clock());

      assertThat(second.kek()).isEqualTo(first.kek());
      assertThat(second.resealed()).isEqualTo(4);
      assertThat(Files.readString(file)).isEqualTo(newKek);
      assertThat(owner.fetched()).hasSize(4);
      assertThat(other.fetched()).hasSize(4);
    }
  }

  @Test
  void aKekFileOfAnotherDatabaseIsRefusedAtTheStart() throws Exception {
    Path another = running.data().resolve("another-keks");
    assertThatThrownBy(() -> running.start(List.of("--port=0", "--kek-file=" + another)).close())
        .hasStackTraceContaining("which is not in the KEK file");
  }

  private static Path kekFile() {
    return running.data().resolve("key-server-keks");
  }

  private static void change(String sql) throws SQLException {
    run(running.databaseUrl(), sql);
  }

  private static void run(String url, String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(url);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
    }
  }

  private static String one(String url, String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String dump() throws SQLException {
    return one(
        running.databaseUrl(),
        "SELECT (SELECT string_agg(r::text, ' ') FROM records r)"
            + " || (SELECT string_agg(a::text, ' ') FROM accounts a)"
            + " || (SELECT string_agg(k::text, ' ') FROM keks k)");
  }
}
