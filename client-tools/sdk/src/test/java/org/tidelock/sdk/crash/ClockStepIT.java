package org.tidelock.sdk.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.People;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.ReadMessage;
import org.tidelock.sdk.message.ReadOutcome;
import org.tidelock.sdk.message.SendMessage;

/**
 * P2, not before, with clocks that are set: the processes of the service and of PostgreSQL, each
 * under libfaketime, see their clocks jump by hours, together and apart, forwards and backwards,
 * while they run and while they do not. Every jump stops all releases until an operator confirms
 * the clocks, after which messages are released again at their times.
 */
class ClockStepIT {

  private static final Duration HOURS = Duration.ofHours(3);

  /** Long enough to send a message on a busy machine. */
  private static final Duration A_WHILE = Duration.ofSeconds(4);

  private static final Profile SLOW = Profile.ofPicos(10_000_000_000L);

  /** The clock of the people, who look at the same one as the service. */
  private Duration shift = Duration.ZERO;

  private final InstantSource clock = () -> Instant.now().plus(shift);

  @Test
  void noStepOfAClockOpensAMessageAndAnOperatorLetsReleasesGoOn() throws Exception {
    Optional<Path> library = FakedClock.library();
    if (library.isEmpty()) {
      System.out.println("clock steps are not tested: libfaketime is not installed");
    }
    assumeTrue(library.isPresent(), "libfaketime is not installed");
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "clocks-");
    FakedClock ofDatabase = FakedClock.right(library.get(), folder.resolve("database.clock"));
    FakedClock ofService = FakedClock.right(library.get(), folder.resolve("service.clock"));
    try (Postgres postgres =
            Postgres.startIn(folder.resolve("postgres"), ofDatabase.environment());
        ServerNode node =
            ServerNode.start(folder.resolve("server"), postgres, ofService.environment())) {
      Scene scene = new Scene(folder, postgres, node, ofService, ofDatabase);
      MessageId sealed = scene.send(Duration.ofHours(2));
      scene.requireReleases("clocks that are right");

      scene.step("the service's clock", HOURS, Duration.ZERO);
      scene.setRightAndConfirm();
      scene.step("the database's clock", Duration.ZERO, HOURS);
      scene.setRightAndConfirm();
      scene.step("both clocks", HOURS, HOURS);
      scene.requireClosed(sealed);
      scene.setRightAndConfirm();
      scene.step("both clocks, back", HOURS.negated(), HOURS.negated());
      scene.setRightAndConfirm();

      // The operator says that the earlier time is the right one, though releases were later.
      scene.step("both clocks, back, for good", HOURS.negated(), HOURS.negated());
      scene.confirm();
      scene.requireReleases("clocks that had been fast");
      scene.step("both clocks, to what they showed", Duration.ZERO, Duration.ZERO);
      scene.confirm();

      scene.restartIn("Asia/Tokyo", "America/Los_Angeles");
      scene.requireClosed(sealed);
      scene.requireReleases("other time zones");
      scene.restartWithClockSet(HOURS);
      scene.setRightAndConfirm();

      scene.requireClosed(sealed);
    }
  }

  /** A service, a sender and a recipient. */
  private final class Scene {

    private final Postgres postgres;
    private final ServerNode node;
    private final FakedClock ofService;
    private final FakedClock ofDatabase;
    private final Person alice;
    private final Person bob;

    Scene(
        Path folder,
        Postgres postgres,
        ServerNode node,
        FakedClock ofService,
        FakedClock ofDatabase)
        throws IOException {
      this.postgres = postgres;
      this.node = node;
      this.ofService = ofService;
      this.ofDatabase = ofDatabase;
      this.alice = Person.register(node, folder, "alice", clock);
      this.bob = Person.register(node, folder, "bob", clock);
    }

    MessageId send(Duration ahead) throws IOException {
      byte[] content = "not yet".getBytes(StandardCharsets.UTF_8);
      try (ServerConnection connection = alice.connect(node.address())) {
        // A node that has just started is slow at first, and the time is to be ahead of it.
        Person.granted(new People(connection, alice.home()).find(bob.name()));
        Instant unlockAt = clock.instant().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
        Messages.Accepted accepted =
            Person.granted(
                new SendMessage(connection, alice.home())
                    .send(
                        Draft.text(bob.name(), unlockAt).with(SLOW),
                        new ByteArrayInputStream(content),
                        content.length));
        return accepted.receipt().message();
      }
    }

    /** Sets clocks, and waits until releases stop for it. */
    void step(String what, Duration service, Duration database)
        throws IOException, InterruptedException {
      ofService.set(service);
      ofDatabase.set(database);
      shift = service;
      awaitStop(what);
    }

    void setRightAndConfirm() throws IOException, InterruptedException {
      ofService.set(Duration.ZERO);
      ofDatabase.set(Duration.ZERO);
      shift = Duration.ZERO;
      // Setting it back does not undo what happened: somebody has to look.
      assertThat(node.releases()).contains("\"stopped\":true");
      confirm();
      requireReleases("a confirmation");
    }

    void confirm() throws IOException {
      assertThat(node.confirmClocks()).contains("\"stopped\":false");
    }

    /** A message sent now opens at its time. */
    void requireReleases(String after) throws IOException, InterruptedException {
      MessageId id = send(A_WHILE);
      try (ServerConnection connection = bob.connect(node.address())) {
        ReadOutcome outcome =
            new ReadMessage(connection, bob.home())
                .await(id, clock.instant().plusSeconds(60), OutputStream.nullOutputStream());
        assertThat(outcome)
            .as("after %s; releases: %s", after, node.releases())
            .isInstanceOf(ReadOutcome.Opened.class);
      }
    }

    void requireClosed(MessageId id) throws Exception {
      try (ServerConnection connection = bob.connect(node.address())) {
        assertThat(
                new ReadMessage(connection, bob.home()).read(id, OutputStream.nullOutputStream()))
            .isInstanceOfSatisfying(
                ReadOutcome.NotYet.class,
                notYet -> assertThat(notYet.state()).isEqualTo(Messages.State.WAITING));
      }
      try (var owner = postgres.connect();
          var query =
              owner.prepareStatement(
                  """
                  SELECT m.challenge_key IS NULL AND m.encrypted_key IS NULL AS closed
                  FROM messages m JOIN gate.message_secrets USING (message_id)
                  WHERE message_id = ?
                  """)) {
        query.setBytes(1, id.value().toArray());
        var row = query.executeQuery();
        assertThat(row.next()).isTrue();
        assertThat(row.getBoolean("closed")).isTrue();
      }
    }

    void restartIn(String zoneOfService, String zoneOfDatabase) throws IOException {
      node.close();
      postgres.close();
      postgres.restart(with(ofDatabase, zoneOfDatabase));
      node.restart(postgres, with(ofService, zoneOfService));
    }

    void restartWithClockSet(Duration by) throws IOException, InterruptedException {
      node.close();
      ofService.set(by);
      ofDatabase.set(by);
      shift = by;
      node.restart(postgres);
      awaitStop("clocks that were set while the service was down");
    }

    private Map<String, String> with(FakedClock faked, String zone) {
      Map<String, String> environment = new HashMap<>(faked.environment());
      environment.put("TZ", zone);
      return environment;
    }

    private void awaitStop(String what) throws IOException, InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Program.PATIENCE_SECONDS);
      while (!node.releases().contains("\"stopped\":true")) {
        assertThat(System.nanoTime() - deadline).as("no stop after %s", what).isNegative();
        Program.pause();
      }
      System.out.printf("%s: %s%n", what, node.releases());
    }
  }
}
