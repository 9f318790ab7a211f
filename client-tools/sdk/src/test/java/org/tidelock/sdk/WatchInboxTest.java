package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.Inbox;
import org.tidelock.sdk.message.SendMessage;
import org.tidelock.server.app.Server;
import org.tidelock.server.testing.RunningServer;

/** Following the inbox, whatever becomes of the connection. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class WatchInboxTest {

  private static RunningServer server;
  private static Client alice;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    alice = Client.registered(server, "watching-alice");
  }

  @AfterAll
  static void stop() {
    alice.close();
    server.close();
  }

  @Test
  void everyItemComesOnceWhileNodesGoAndConnectionsBreak() throws Exception {
    Server second = server.anotherNode();
    try (SwitchedPort port = new SwitchedPort(second.port());
        Client bob = Client.registered(server, "watching-bob")) {
      List<MessageId> sent = new ArrayList<>();
      sent.add(send(bob, "waits already"));
      bob.reconnect(at(bob.pin(), port.port()));
      try (Watching watching = new Watching(bob)) {
        assertThat(watching.next()).isEqualTo(sent.getLast());
        sent.add(send(bob, "by the socket"));
        assertThat(watching.next()).isEqualTo(sent.getLast());

        port.cut();
        sent.add(send(bob, "after a cut"));
        assertThat(watching.next()).isEqualTo(sent.getLast());

        // The node goes, in order; what comes meanwhile is found at the other.
        second.close();
        sent.add(send(bob, "while nobody is there"));
        sent.add(send(bob, "and another"));
        port.leadTo(server.server().port());
        assertThat(watching.next()).isEqualTo(sent.get(3));
        assertThat(watching.next()).isEqualTo(sent.get(4));

        port.cut();
        sent.add(send(bob, "once more"));
        assertThat(watching.next()).isEqualTo(sent.getLast());
        assertThat(watching.all).extracting(Mailbox.Item::message).isEqualTo(sent);
        // All is acknowledged: another client of the device has nothing to do.
        awaitEmpty(new Inbox(bob.connection(), bob.home), bob);
      }
    } finally {
      second.close();
    }
  }

  /** The watcher acknowledges after it has handed on. */
  private static void awaitEmpty(Inbox inbox, Client owner) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!owner.granted(inbox.next(Duration.ZERO)).isEmpty()) {
      assertThat(System.nanoTime()).as("something is never acknowledged").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void asksWhereNoSocketCanBeHad() throws Exception {
    try (Client carol = Client.registered(server, "watching-carol");
        LyingProxy proxy = LyingProxy.before(server)) {
      carol.reconnect(proxy.pin(carol.pin()));
      try (Watching watching = new Watching(carol)) {
        MessageId first = send(carol, "by asking");
        assertThat(watching.next()).isEqualTo(first);
        MessageId second = send(carol, "again");
        assertThat(watching.next()).isEqualTo(second);
      }
    }
  }

  @Test
  void whatTheWatcherDidNotTakeComesAgain() throws Exception {
    try (Client dave = Client.registered(server, "watching-dave")) {
      MessageId id = send(dave, "take me");
      CompletableFuture<Throwable> failed = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  new Inbox(dave.connection(), dave.home)
                      .watch(
                          items -> {
                            throw new IOException("the disk is full");
                          });
                } catch (IOException | InterruptedException e) {
                  failed.complete(e);
                }
              });
      assertThat(failed.get(20, TimeUnit.SECONDS)).hasMessage("the disk is full");
      try (Watching watching = new Watching(dave)) {
        assertThat(watching.next()).isEqualTo(id);
      }
    }
  }

  @Test
  void endsWithTheLogin() throws Exception {
    try (Client erin = Client.registered(server, "watching-erin");
        Watching watching = new Watching(erin)) {
      MessageId id = send(erin, "last");
      assertThat(watching.next()).isEqualTo(id);
      erin.granted(erin.account().logOut());
      assertThat(watching.end.get(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused ->
                  assertThat(refused.problem().code().orElseThrow())
                      .isIn(ProblemCode.TOKEN_MISSING, ProblemCode.TOKEN_INVALID));
    }
  }

  private static ServerPin at(ServerPin pin, int port) {
    return new ServerPin("https://localhost:" + port, pin.certificate(), pin.info());
  }

  private static MessageId send(Client to, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return alice
        .granted(
            new SendMessage(alice.connection(), alice.home)
                .send(Draft.immediate(to.name), new ByteArrayInputStream(content), content.length))
        .receipt()
        .message();
  }

  /** Somebody who follows the inbox in the background; what arrived, in order. */
  private static final class Watching implements AutoCloseable {
    private final BlockingQueue<MessageId> arrived = new LinkedBlockingQueue<>();
    private final List<Mailbox.Item> all = new ArrayList<>();
    private final CompletableFuture<Answer<Done>> end = new CompletableFuture<>();
    private final Thread thread;

    Watching(Client client) {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      end.complete(new Inbox(client.connection(), client.home).watch(this::came));
                    } catch (IOException | InterruptedException | RuntimeException e) {
                      end.completeExceptionally(e);
                    }
                  });
    }

    private void came(List<Mailbox.Item> items) {
      for (Mailbox.Item item : items) {
        if (item.kind() == Mailbox.Kind.ARRIVED) {
          all.add(item);
          arrived.add(item.message());
        }
      }
    }

    MessageId next() throws InterruptedException {
      MessageId next = arrived.poll(40, TimeUnit.SECONDS);
      assertThat(next).as("came within 40 s; the end: " + end).isNotNull();
      return next;
    }

    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
