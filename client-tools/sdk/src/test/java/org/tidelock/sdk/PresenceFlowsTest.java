package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.protocol.wire.Presence.Visibility;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.presence.StayOnline;
import org.tidelock.server.testing.RunningServer;

/** Presence, by this client against the real server over real sockets. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class PresenceFlowsTest {

  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void setsWhoMaySeeTheOwner() throws IOException {
    try (Client alice = Client.registered(server, "see-alice");
        Client bob = Client.registered(server, "see-bob")) {
      assertThat(alice.granted(alice.visibility().now())).isEqualTo(Visibility.CONTACTS);
      alice.granted(alice.visibility().set(Visibility.NOBODY));
      assertThat(alice.granted(alice.visibility().now())).isEqualTo(Visibility.NOBODY);

      alice.granted(alice.visibility().add(bob.name));
      assertThat(alice.granted(alice.visibility().contacts()).names()).containsExactly(bob.name);
      alice.granted(alice.visibility().remove(bob.name));
      assertThat(alice.granted(alice.visibility().contacts()).names()).isEmpty();
    }
  }

  @Test
  void asksWhichContactsAreRegistered() throws IOException {
    try (Client alice = Client.registered(server, "ask-alice");
        Client bob = Client.registered(server, "ask-bob")) {
      List<Contact> asked = List.of(Contact.mail("nobody@example.org"), bob.contact());
      List<Boolean> answer = alice.granted(alice.people().areRegistered(asked));
      // Bob is new: a node says so at the latest when it has heard of him.
      for (int i = 0; i < 1000 && !answer.getLast(); i++) {
        answer = alice.granted(alice.people().areRegistered(asked));
      }
      assertThat(answer).containsExactly(false, true);
    }
  }

  @Test
  void watchesWhoComesAndGoesUntilTheLoginEnds() throws Exception {
    try (Client alice = Client.registered(server, "watch-alice");
        Client bob = Client.registered(server, "watch-bob")) {
      bob.granted(bob.visibility().add(alice.name));
      try (Online watching = new Online(alice);
          Online watched = new Online(bob)) {
        assertThat(watching.next()).isEqualTo("online watch-bob");
        assertThat(alice.granted(alice.online().list()))
            .extracting(Presence.Person::name)
            .containsExactly(bob.name);
        // Who is no contact of alice's does not see her.
        assertThat(bob.granted(bob.online().list())).isEmpty();

        bob.granted(bob.account().logOut());

        assertThat(watched.next()).isEqualTo("offline");
        assertThat(watched.end.get(20, TimeUnit.SECONDS))
            .isInstanceOfSatisfying(
                Answer.Refused.class,
                refused ->
                    assertThat(refused.problem().code().orElseThrow())
                        .isIn(ProblemCode.TOKEN_MISSING, ProblemCode.TOKEN_INVALID));
        assertThat(watching.next()).isEqualTo("offline watch-bob");
        assertThat(alice.granted(alice.online().list())).isEmpty();
      }
    }
  }

  /** Somebody who stays online in the background, and what they were told. */
  private static final class Online implements AutoCloseable, StayOnline.Watcher {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CompletableFuture<Answer<Done>> end = new CompletableFuture<>();
    private final Thread thread;

    Online(Client client) throws InterruptedException {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      end.complete(client.stayOnline().stay(this));
                    } catch (IOException | InterruptedException | RuntimeException e) {
                      end.completeExceptionally(e);
                    }
                  });
      assertThat(next()).isEqualTo("online");
    }

    String next() throws InterruptedException {
      String next = told.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("told within 20 s").isNotNull();
      return next;
    }

    @Override
    public void online() {
      told.add("online");
    }

    @Override
    public void happened(Presence.Event event) {
      told.add(event.change().text() + " " + event.name());
    }

    @Override
    public void offline() {
      told.add("offline");
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
