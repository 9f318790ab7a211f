package org.tidelock.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.server.app.Server;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;
import org.tidelock.server.testing.Wire.Answer;
import org.tidelock.service.db.TestDatabase;

/** A request that waits for items is woken by whichever node puts one into the queue. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class LongPollTest {

  private static RunningServer server;
  private static Correspondent alice;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    alice = Correspondent.registered(server, "poll-alice");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void isWokenAtOnceByAnotherNode() throws Exception {
    Correspondent bob = Correspondent.registered(server, "poll-bob");
    try (Server second = server.anotherNode();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Answer> waiting = threads.submit(() -> poll(server.wireTo(second), bob));
      awaitWaiting(second);
      long sentAt = System.nanoTime();
      MessageId id =
          alice.send(bob, "wake up", server.clock().instant().plusSeconds(60)).envelope().message();

      assertThat(items(waiting)).extracting(Mailbox.Item::message).containsExactly(id);
      assertThat(Duration.ofNanos(System.nanoTime() - sentAt))
          .as("woken, not found by looking again")
          .isLessThan(WaitForItems.LOOK_AGAIN.minusSeconds(1));
    }
  }

  @Test
  void findsWhatNobodyToldOf() throws Exception {
    Correspondent carol = Correspondent.registered(server, "poll-carol");
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement()) {
      Future<Answer> waiting = threads.submit(() -> poll(server.wire(), carol));
      awaitWaiting(server.server());
      sql.execute(
          """
          INSERT INTO mailbox_items (device_id, sequence, kind, message_id, at, expires_at)
          VALUES ('\\x%s', 1, 'arrived', '\\x00112233445566778899aabbccddeeff', now(), 'infinity')
          """
              .formatted(carol.device.id.value().toHex()));

      assertThat(items(waiting)).hasSize(1);
    }
  }

  @Test
  void aNodeThatStopsAnswersWhoWaits() throws Exception {
    Correspondent dave = Correspondent.registered(server, "poll-dave");
    Future<Answer> waiting;
    long closedAt;
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      try (Server second = server.anotherNode()) {
        waiting = threads.submit(() -> poll(server.wireTo(second), dave));
        awaitWaiting(second);
        closedAt = System.nanoTime();
      }
      assertThat(items(waiting)).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - closedAt)).isLessThan(Duration.ofSeconds(9));
    }
  }

  private static Answer poll(Wire node, Correspondent who) {
    return node.send("GET", "/v1/mailbox?wait=20", who.token, null);
  }

  private static List<Mailbox.Item> items(Future<Answer> waiting) throws Exception {
    return waiting.get().as(Mailbox.Page.class).items();
  }

  /** Until a request waits at the node, as its measurements say. */
  private static void awaitWaiting(Server node) throws Exception {
    HttpRequest metrics =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/metrics".formatted(node.operationsPort())))
            .build();
    long deadline = System.nanoTime() + 20_000_000_000L;
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!http.send(metrics, HttpResponse.BodyHandlers.ofString())
          .body()
          .contains("\ntidelock_mailbox_waiting 1.0\n")) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("no request waits");
        }
      }
    }
  }
}
