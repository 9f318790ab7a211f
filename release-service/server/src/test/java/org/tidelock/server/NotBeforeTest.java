package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.app.Server;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.service.db.TestDatabase;

/**
 * P2, not before: whatever is called, edited, restarted or set, nothing opens a message early. The
 * server's clock is moved; the database's is the machine's.
 */
class NotBeforeTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void noCallInNoOrderGivesTheKeyBeforeTheTime() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      Messages.Submission submission =
          alice.send(bob, "not yet", server.clock().instant().plus(SOON));
      MessageId id = submission.envelope().message();
      String encryptedKey = Base64Url.encode(submission.encryptedKey().getFirst());
      AtomicBoolean due = new AtomicBoolean();

      try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
        List<Future<Integer>> reading = new ArrayList<>();
        for (Correspondent reader : List.of(alice, bob)) {
          reading.add(readers.submit(() -> readAll(reader, id, encryptedKey, due)));
        }
        // Up to the last millisecond, a step at a time, with a retry and a late decision in
        // between.
        for (int i = 0; i < 20; i++) {
          server.clock().move(SOON.minusMillis(1).dividedBy(20));
          alice.post(submission);
        }
        assertThat(bob.fetch(id).opening()).isEmpty();
        due.set(true);
        for (Future<Integer> reads : reading) {
          assertThat(reads.get()).isPositive();
        }
      }
      server.clock().move(Duration.ofMillis(20));
      bob.awaitOpening(id);
    }
  }

  private static int readAll(
      Correspondent reader, MessageId id, String encryptedKey, AtomicBoolean due) {
    int reads = 0;
    while (!due.get()) {
      for (String path :
          List.of(
              "/v1/messages/" + id,
              "/v1/messages",
              "/v1/messages?of=sent",
              "/v1/messages/%s/content/0".formatted(id),
              "/v1/puzzles/" + id,
              "/v1/mailbox")) {
        assertThat(reader.device.get(path, reader.token).text()).doesNotContain(encryptedKey);
      }
      assertThat(reader.fetch(id).opening()).isEmpty();
      reads++;
    }
    return reads;
  }

  @Test
  void theServicesOwnRoleReadsNothingThatOpensAMessage() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      // Later than the database's own clock.
      Messages.Submission submission =
          alice.send(
              bob,
              "not yet",
              Instant.now()
                  .plus(Duration.ofDays(30))
                  .truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
      MessageId id = submission.envelope().message();

      try (Connection connection = TestDatabase.connect(server.serviceDatabaseUrl());
          Statement sql = connection.createStatement()) {
        for (String attempt :
            List.of(
                "SELECT * FROM gate.message_secrets",
                "UPDATE gate.message_secrets SET release_at = now()",
                "CREATE FUNCTION gate.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "ALTER FUNCTION due_message_secrets OWNER TO CURRENT_USER",
                "TRUNCATE message_events",
                "SET ROLE postgres")) {
          assertThatThrownBy(() -> sql.execute(attempt))
              .as(attempt)
              .isInstanceOf(SQLException.class);
        }
        assertThat(rows(sql, "SELECT * FROM due_message_secrets('infinity', 100)")).isEmpty();

        // With its own tables it can do as it likes: the seal then does not open.
        sql.execute("SELECT move_message_secret(message_id, '2000-01-01') FROM messages");
        assertThat(rows(sql, "SELECT * FROM due_message_secrets('infinity', 100)")).isEmpty();
        // In one transaction: the releaser comes by at any time.
        connection.setAutoCommit(false);
        sql.execute("UPDATE messages SET release_at = '2000-01-01'");
        List<Bytes> sealed = rows(sql, "SELECT sealed FROM due_message_secrets('infinity', 100)");
        connection.commit();
        assertThat(sealed).hasSize(1);
        assertThat(sealed.getFirst().toHex())
            .doesNotContain(submission.encryptedKey().getFirst().toHex());
      }
      awaitState(bob, id, Messages.State.DAMAGED);
      assertThat(bob.fetch(id).opening()).isEmpty();
    }
  }

  @Test
  void anEditedRowDoesNotOpenAndTheOthersStillDo() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      Instant soon = server.clock().instant().plus(SOON);
      MessageId early = alice.send(bob, "edited", soon).envelope().message();
      MessageId head = alice.send(bob, "other log", soon).envelope().message();
      MessageId intact = alice.send(bob, "intact", soon).envelope().message();
      try (Connection connection = TestDatabase.connect(server.databaseUrl());
          Statement sql = connection.createStatement()) {
        String hex = "'\\x" + early.value().toHex() + "'";
        sql.execute("UPDATE messages SET release_at = '2020-01-01' WHERE message_id = " + hex);
        sql.execute(
            "UPDATE gate.message_secrets SET release_at = '2020-01-01' WHERE message_id = " + hex);
        sql.execute(
            "UPDATE messages SET event_head = sha256('x') WHERE message_id = '\\x%s'"
                .formatted(head.value().toHex()));
      }
      awaitState(bob, early, Messages.State.DAMAGED);
      server.clock().move(SOON);
      bob.awaitOpening(intact);
      awaitState(bob, head, Messages.State.DAMAGED);

      assertThat(bob.fetch(early).opening()).isEmpty();
      assertThat(bob.openReleased(intact)).contains("intact");
      assertThat(bob.openBySolving(early)).contains("edited");
    }
  }

  @Test
  void aRowFromBeforeAPostponementDoesNotOpen() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      Instant soon = server.clock().instant().plus(SOON);
      Instant later = soon.plus(Duration.ofDays(1));
      MessageId putBack = alice.send(bob, "put back", soon).envelope().message();
      MessageId keptAgain = alice.send(bob, "kept again", soon).envelope().message();
      MessageId postponed = alice.send(bob, "postponed", soon).envelope().message();
      try (Connection connection = TestDatabase.connect(server.serviceDatabaseUrl());
          Statement sql = connection.createStatement()) {
        sql.execute("CREATE TEMPORARY TABLE before AS SELECT * FROM messages");
        for (MessageId id : List.of(putBack, keptAgain, postponed)) {
          assertThat(alice.decide(alice.event(id, MessageEvent.Kind.POSTPONED, later)).status())
              .isEqualTo(200);
        }
        // In one transaction: the releaser comes by at any time.
        connection.setAutoCommit(false);
        putBack(sql, putBack);
        connection.commit();
        putBack(sql, keptAgain);
        sql.execute(
            "CREATE TEMPORARY TABLE due AS SELECT * FROM due_message_secrets('infinity', 9)");
        sql.execute("SELECT forget_message_secret(message_id) FROM due");
        assertThatThrownBy(
                () ->
                    sql.execute(
                        "SELECT keep_message_secret(message_id, '2020-01-01', sealed) FROM due"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("duplicate key");
        connection.rollback();
      }
      server.clock().move(SOON);
      awaitState(bob, putBack, Messages.State.DAMAGED);
      assertThat(bob.fetch(putBack).opening()).isEmpty();
      assertThat(bob.fetch(postponed).state()).isEqualTo(Messages.State.WAITING);

      server.clock().move(Duration.ofDays(1));
      Correspondent then = bob.onNewDevice();
      then.awaitOpening(postponed);
      assertThat(then.openReleased(postponed)).contains("postponed");
    }
  }

  /** The row as it was, which the service's role may write as it likes. */
  private static void putBack(Statement sql, MessageId id) throws SQLException {
    String hex = "'\\x" + id.value().toHex() + "'";
    sql.execute(
        """
        UPDATE messages m
        SET (release_at, event_head, decisions, sealed_key, kek_id) =
          (SELECT b.release_at, b.event_head, b.decisions, b.sealed_key, b.kek_id
           FROM before b WHERE b.message_id = m.message_id)
        WHERE message_id = %s
        """
            .formatted(hex));
    sql.execute(
        "SELECT move_message_secret(message_id, release_at) FROM messages WHERE message_id = "
            + hex);
  }

  @Test
  void theDatabasesClockDecidesToo() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      Instant databaseTime = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
      Duration ahead =
          Duration.between(server.clock().instant(), databaseTime).plus(Duration.ofDays(1));
      Instant unlock = server.clock().instant().plus(ahead);
      MessageId id = alice.send(bob, "not yet", unlock).envelope().message();
      MessageId marker =
          alice.send(bob, "marker", server.clock().instant().plus(SOON)).envelope().message();

      server.clock().move(ahead.plusDays(1));

      Correspondent later = bob.onNewDevice();
      later.awaitOpening(marker);
      assertThat(later.fetch(id).state()).isEqualTo(Messages.State.WAITING);
      assertThat(later.fetch(id).opening()).isEmpty();
    }
  }

  @Test
  void aClockThatWasSetStopsReleasesUntilAnOperatorConfirms() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      Instant before = server.clock().instant();
      MessageId id = alice.send(bob, "not yet", before.plus(SOON)).envelope().message();
      assertThat(server.releases()).contains("\"stopped\":false");
      awaitClockRead(server);

      server.clock().set(before.plus(SOON).plusSeconds(1));
      awaitStop(server);
      assertThat(bob.fetch(id).opening()).isEmpty();
      assertThat(server.releases()).contains("of the machine's time");

      // Setting it back does not undo what happened: somebody has to look.
      server.clock().set(before);
      assertThat(server.confirmClocks()).contains("\"stopped\":false");
      server.clock().move(SOON);
      bob.awaitOpening(id);
      assertThat(bob.openReleased(id)).contains("not yet");

      // Behind the last release, after a restart of the guard's memory.
      try (Connection connection = TestDatabase.connect(server.databaseUrl());
          Statement sql = connection.createStatement()) {
        server.clock().set(before);
        sql.execute("DELETE FROM release_clocks");
        awaitStop(server);
      }
      assertThat(server.releases()).containsAnyOf("the last release was at", "machine's time");
    }
  }

  @Test
  void aClockThatIsSetWhileReleasesRunOpensNothing() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      Instant before = server.clock().instant();
      MessageId id = alice.send(bob, "not yet", before.plus(SOON)).envelope().message();
      awaitClockRead(server);

      // After the guard looked at it, and before the releaser asks what is due.
      server.clock().setOnceChecked(before.plus(SOON).plusSeconds(1));
      awaitStop(server);

      assertThat(server.clock().wasSet()).isTrue();
      assertThat(bob.fetch(id).state()).isEqualTo(Messages.State.WAITING);
      assertThat(bob.fetch(id).opening()).isEmpty();
    }
  }

  @Test
  void smallStepsOfAClockAddUpToOneThatIsNoticed() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      Instant before = server.clock().instant();
      MessageId id = alice.send(bob, "not yet", before.plus(SOON)).envelope().message();
      awaitClockRead(server);

      for (int i = 1; i < 16 && server.releases().contains("\"stopped\":false"); i++) {
        server.clock().setOnceChecked(before.plusSeconds(4L * i));
        awaitSet(server);
      }

      awaitStop(server);
      assertThat(server.clock().instant()).isBefore(before.plus(SOON));
      assertThat(bob.fetch(id).opening()).isEmpty();
    }
  }

  @Test
  void afterAClockThatWasFastReleasesGoOnOnceAnOperatorConfirms() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      Instant before = server.clock().instant();
      server.clock().move(Duration.ofMinutes(10));
      MessageId fast =
          alice.send(bob, "fast", server.clock().instant().plus(SOON)).envelope().message();
      server.clock().move(SOON);
      bob.awaitOpening(fast);

      server.clock().set(before);
      awaitStop(server);
      server.confirmClocks();
      MessageId right = alice.send(bob, "right", before.plus(SOON)).envelope().message();
      server.clock().move(SOON);

      bob.awaitOpening(right);
      assertThat(server.releases()).contains("\"stopped\":false");
    }
  }

  @Test
  void twoNodesReleaseEverythingOnceAndARestartCatchesUp() throws Exception {
    try (RunningServer server = RunningServer.start();
        Server second = server.anotherNode()) {
      assertThat(second.port()).isPositive();
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      Correspondent carol = Correspondent.registered(server, "carol");
      List<MessageId> toBob = new ArrayList<>();
      List<MessageId> toCarol = new ArrayList<>();
      Instant soon = server.clock().instant().plus(SOON);
      for (int i = 0; i < 15; i++) {
        toBob.add(alice.send(bob, "number " + i, soon).envelope().message());
        toCarol.add(alice.send(carol, "number " + i, soon).envelope().message());
      }
      alice.decide(alice.event(toBob.getFirst(), MessageEvent.Kind.POSTPONED, soon.plus(SOON)));
      server.clock().move(SOON);
      for (MessageId id : toBob.subList(1, 15)) {
        bob.awaitOpening(id);
      }
      for (MessageId id : toCarol) {
        carol.awaitOpening(id);
      }
      server.server().close();
      server.clock().move(SOON);
      Correspondent bobThere = bob.through(server.wireTo(second));
      bobThere.awaitOpening(toBob.getFirst());

      assertThat(released(bobThere)).containsExactlyInAnyOrderElementsOf(toBob);
      assertThat(bobThere.openReleased(toBob.getLast())).contains("number 14");
    }
  }

  private static List<MessageId> released(Correspondent reader) {
    return reader.items().stream()
        .filter(item -> item.kind() == Mailbox.Kind.RELEASED)
        .map(Mailbox.Item::message)
        .toList();
  }

  private static void awaitState(Correspondent reader, MessageId id, Messages.State state)
      throws InterruptedException {
    for (int i = 0; i < 200 && reader.fetch(id).state() != state; i++) {
      Thread.sleep(50);
    }
    assertThat(reader.fetch(id).state()).isEqualTo(state);
  }

  private static void awaitStop(RunningServer server) throws InterruptedException {
    for (int i = 0; i < 200 && !server.releases().contains("\"stopped\":true"); i++) {
      Thread.sleep(50);
    }
    assertThat(server.releases()).contains("\"stopped\":true");
  }

  private static void awaitSet(RunningServer server) throws InterruptedException {
    for (int i = 0; i < 200 && !isSetOrStopped(server); i++) {
      Thread.sleep(50);
    }
    assertThat(isSetOrStopped(server)).isTrue();
  }

  /** Once releases are stopped, nobody looks at the clock any more. */
  private static boolean isSetOrStopped(RunningServer server) {
    return server.clock().wasSet() || server.releases().contains("\"stopped\":true");
  }

  /** Until the guard has read the clock: it compares with what it read before. */
  private static void awaitClockRead(RunningServer server) throws Exception {
    try (Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement()) {
      for (int i = 0; i < 200 && count(sql) < 2; i++) {
        Thread.sleep(50);
      }
      assertThat(count(sql)).isEqualTo(2);
    }
  }

  private static int count(Statement sql) throws SQLException {
    try (var rows = sql.executeQuery("SELECT count(*) FROM release_clocks")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static List<Bytes> rows(Statement sql, String query) throws SQLException {
    List<Bytes> found = new ArrayList<>();
    try (var rows = sql.executeQuery(query)) {
      while (rows.next()) {
        found.add(Bytes.of(rows.getBytes("sealed")));
      }
    }
    return found;
  }
}
