package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.app.Server;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.service.db.TestDatabase;
import org.tidelock.service.kek.RotateKek;

/** The key that seals what opens messages is replaced under messages that wait. */
class RotateKekTest {

  /** A whole batch and a little more. */
  private static final int MESSAGES = 104;

  private static final Duration LATER = Duration.ofMinutes(5);

  @Test
  void killedInTheMiddleItLosesNothingReleasesNothingEarlyAndGoesOn() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "kek-alice");
      Correspondent bob = Correspondent.registered(server, "kek-bob");
      Instant due = server.clock().instant().plus(LATER);
      List<MessageId> sent = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        sent.add(alice.send(bob, "message " + i, due).envelope().message());
      }
      String before = Files.readString(keks(server));

      rotateAndKillAfterTheFirstBatch(server);

      assertThat(sealedByEachKek(server)).containsExactly(MESSAGES - 100, 100);
      assertThat(Files.readAllLines(keks(server))).hasSize(2).contains(before.strip());
      try (Server other = server.anotherNode()) {
        // What comes while a rotation stands still, and what is decided, goes by the new one.
        Correspondent there = alice.through(server.wireTo(other));
        sent.add(there.send(bob, "meanwhile", due).envelope().message());
        MessageEvent postponed =
            there.event(sent.getFirst(), MessageEvent.Kind.POSTPONED, due.plus(LATER));
        assertThat(there.decide(postponed).status()).isEqualTo(200);
      }
      alice.through(server.wire());

      RotateKek.Outcome outcome = server.rotateKek();

      assertThat(outcome.damaged()).isZero();
      assertThat(sealedByEachKek(server)).containsExactly(MESSAGES + 1);
      assertThat(Files.readAllLines(keks(server))).hasSize(1).doesNotContain(before.strip());
      for (MessageId id : sent) {
        assertThat(bob.fetch(id).state()).isEqualTo(Messages.State.WAITING);
        assertThat(bob.fetch(id).opening()).isEmpty();
      }
      server.clock().move(LATER);
      for (int i = 1; i < MESSAGES; i++) {
        bob.awaitOpening(sent.get(i));
        assertThat(bob.openReleased(sent.get(i))).contains("message " + i);
      }
      assertThat(bob.fetch(sent.getFirst()).opening()).as("postponed").isEmpty();
      server.clock().move(LATER);
      bob.awaitOpening(sent.getFirst());
      assertThat(bob.openReleased(sent.getFirst())).contains("message 0");
    }
  }

  @Test
  void runAgainItReplacesTheKeyAgain() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "again-alice");
      Correspondent bob = Correspondent.registered(server, "again-bob");
      MessageId id =
          alice.send(bob, "kept", server.clock().instant().plus(LATER)).envelope().message();

      RotateKek.Outcome first = server.rotateKek();
      RotateKek.Outcome second = server.rotateKek();

      assertThat(first.resealed()).isEqualTo(1);
      assertThat(second.resealed()).isEqualTo(1);
      assertThat(second.kek()).isNotEqualTo(first.kek());
      server.clock().move(LATER);
      bob.awaitOpening(id);
      assertThat(bob.openReleased(id)).contains("kept");
    }
  }

  @Test
  void aRowThatWasAlteredStaysWithItsKeyAndIsTold() throws Exception {
    try (RunningServer server = RunningServer.start();
        Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement()) {
      Correspondent alice = Correspondent.registered(server, "altered-alice");
      Correspondent bob = Correspondent.registered(server, "altered-bob");
      alice.send(bob, "altered", server.clock().instant().plus(LATER));
      sql.execute("UPDATE messages SET release_at = release_at + interval '1 day'");

      RotateKek.Outcome outcome = server.rotateKek();

      assertThat(outcome.damaged()).isEqualTo(1);
      assertThat(Files.readAllLines(keks(server))).hasSize(2);
    }
  }

  /** Holds the last message, so that the second batch waits for it, and ends its connection. */
  private static void rotateAndKillAfterTheFirstBatch(RunningServer server) throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        Connection holding = TestDatabase.connect(server.databaseUrl());
        Statement hold = holding.createStatement();
        Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement()) {
      holding.setAutoCommit(false);
      hold.execute("SELECT 1 FROM messages ORDER BY message_id DESC LIMIT 1 FOR UPDATE");
      Future<RotateKek.Outcome> rotation = threads.submit(server::rotateKek);
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (!kills(sql)) {
        if (System.nanoTime() > deadline || rotation.isDone()) {
          throw new AssertionError("the rotation did not come to its second batch");
        }
      }
      assertThat(rotation).failsWithin(Duration.ofSeconds(60));
      holding.rollback();
    }
  }

  private static boolean kills(Statement sql) throws SQLException {
    try (ResultSet rows =
        sql.executeQuery(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
              AND query LIKE '%kek_id <> %'
            """)) {
      return rows.next();
    }
  }

  /** How many messages each KEK seals, the oldest KEK first. */
  private static List<Integer> sealedByEachKek(RunningServer server) throws SQLException {
    List<Integer> counts = new ArrayList<>();
    try (Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery(
                """
                SELECT count(m.message_id) FROM keks k LEFT JOIN messages m USING (kek_id)
                GROUP BY k.number ORDER BY k.number
                """)) {
      while (rows.next()) {
        counts.add(rows.getInt(1));
      }
    }
    return counts;
  }

  private static Path keks(RunningServer server) {
    return server.data().resolve("server-keks");
  }
}
