package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.OpenOutcome;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;
import org.tidelock.service.db.TestDatabase;

/**
 * P2, not before, in random orders: sender, recipient and a stranger read, retry, postpone, cancel
 * and send now, each with whatever right, and somebody edits rows as the service's own role. No
 * answer to anybody holds a key before the time that the sender signed last.
 *
 * <p>{@code -Dtidelock.test.seed=N} repeats a run.
 */
class NotBeforeAtRandomTest {

  private static final long SEED =
      Long.getLong("tidelock.test.seed", new Random().nextLong(1_000_000));
  private static final int MESSAGES = 4;
  private static final int STEPS = 150;
  private static final Duration STEP = Duration.ofSeconds(1);

  private final Random random = new Random(SEED);

  /**
   * A message under way: both keys, which this test knows by solving, and when they may be seen.
   */
  private static final class Sealed {
    final Messages.Submission submission;
    final String encryptedKey;
    final String challengeKey;
    Instant allowedFrom;

    Sealed(Messages.Submission submission, byte[] challengeKey) {
      this.submission = submission;
      this.encryptedKey = Base64Url.encode(submission.encryptedKey().getFirst());
      this.challengeKey = Base64Url.encode(Bytes.of(challengeKey));
      this.allowedFrom = submission.envelope().unlockAt();
    }

    MessageId id() {
      return submission.envelope().message();
    }
  }

  @Test
  void noOrderOfCallsAndEditsGivesAKeyBeforeTheTime() throws Exception {
    System.out.printf("seed: %d%n", SEED);
    try (RunningServer server = RunningServer.start();
        Connection role = TestDatabase.connect(server.serviceDatabaseUrl());
        Statement sql = role.createStatement()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      List<Correspondent> all = List.of(alice, bob, Correspondent.registered(server, "mallory"));
      List<Sealed> messages = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        messages.add(send(alice, bob, server.clock().instant().plusSeconds(45 + 30L * i)));
      }
      Sealed untouched = send(alice, bob, server.clock().instant().plus(Duration.ofHours(1)));
      for (int step = 0; step < STEPS; step++) {
        act(alice, all, messages, sql, server);
        Sealed looked = messages.get(random.nextInt(MESSAGES));
        Correspondent reader = all.get(random.nextInt(all.size()));
        requireNoKey(reader, looked, server.clock().instant());
      }
      for (Sealed message : messages) {
        requireNoKey(bob, message, server.clock().instant());
      }
      requireNoKey(bob, untouched, server.clock().instant());
      server.clock().move(Duration.ofHours(1));
      Correspondent later = bob.onNewDevice();
      later.awaitOpening(untouched.id());
      // Both keys are found where they are: else nothing was shown above.
      assertThat(later.device.get("/v1/messages/" + untouched.id(), later.token).text())
          .contains(untouched.encryptedKey)
          .contains(untouched.challengeKey);
    }
  }

  private void act(
      Correspondent alice,
      List<Correspondent> all,
      List<Sealed> messages,
      Statement sql,
      RunningServer server)
      throws SQLException {
    Sealed message = messages.get(random.nextInt(MESSAGES));
    Sealed other = messages.get(random.nextInt(MESSAGES));
    Correspondent somebody = all.get(random.nextInt(all.size()));
    Instant now = server.clock().instant();
    switch (random.nextInt(10)) {
      case 0 -> somebody.post(message.submission);
      case 1 -> decide(alice, alice, message, MessageEvent.Kind.POSTPONED, now.plusSeconds(60));
      // By somebody else's hand, or through somebody else's session.
      case 2 -> decide(somebody, all.get(1), message, anyKind(), now);
      case 3 -> decide(all.get(1), somebody, message, anyKind(), now);
      case 4 -> {
        if (random.nextInt(4) == 0) {
          decide(alice, alice, message, MessageEvent.Kind.CANCELLED, now);
        }
      }
      case 5 -> {
        if (random.nextInt(8) == 0) {
          decide(alice, alice, message, MessageEvent.Kind.SENT_NOW, now);
        }
      }
      // An event of one message, at the address of another.
      case 6 ->
          alice.device.post(
              "/v1/messages/%s/events".formatted(message.id()),
              alice.token,
              MessageEvent.created(other.submission.envelope(), alice.person.signing));
      case 7 -> edit(sql, hex(message), hex(other));
      default -> server.clock().move(STEP);
    }
  }

  private MessageEvent.Kind anyKind() {
    return List.of(
            MessageEvent.Kind.POSTPONED, MessageEvent.Kind.CANCELLED, MessageEvent.Kind.SENT_NOW)
        .get(random.nextInt(3));
  }

  /** An event that {@code signer} signs and {@code poster} sends; it counts if both are Alice. */
  private static void decide(
      Correspondent signer,
      Correspondent poster,
      Sealed message,
      MessageEvent.Kind kind,
      Instant releaseAt) {
    Wire.Answer seen = signer.device.get("/v1/messages/" + message.id(), signer.token);
    if (seen.status() != 200) {
      return;
    }
    Messages.Message held = seen.as(Messages.Message.class);
    MessageEvent last = held.sealed().events().getLast();
    MessageEvent event =
        last.next(
            kind,
            signer.person.entry.generation(),
            signer.person.now(),
            kind == MessageEvent.Kind.CANCELLED ? last.releaseAt() : releaseAt,
            signer.person.signing);
    Wire.Answer answer = poster.decide(event);
    if (answer.status() == 200) {
      assertThat(signer.person.id).isEqualTo(message.submission.envelope().sender());
      assertThat(poster.person.id).isEqualTo(message.submission.envelope().sender());
      message.allowedFrom = kind == MessageEvent.Kind.CANCELLED ? Instant.MAX : releaseAt;
    }
  }

  /** As the service's own role, which may change its tables as it likes. */
  private void edit(Statement sql, String id, String other) throws SQLException {
    List<String> edits =
        List.of(
            "UPDATE messages SET release_at = '2020-01-01' WHERE message_id = " + id,
            "SELECT move_message_secret(%s, '2020-01-01')".formatted(id),
            "UPDATE messages SET release_at = '2020-01-01' WHERE message_id = %s; SELECT move_message_secret(%s, '2020-01-01')"
                .formatted(id, id),
            "UPDATE messages SET event_head = sha256('another') WHERE message_id = " + id,
            "UPDATE messages SET state = 'waiting' WHERE message_id = " + id,
            "UPDATE messages SET (sealed_key, kek_id, release_at, event_head) = (SELECT sealed_key, kek_id, release_at, event_head FROM messages WHERE message_id = %s) WHERE message_id = %s"
                .formatted(other, id));
    // Most messages are left as they are: an altered one tells no more.
    if (random.nextInt(5) == 0) {
      sql.execute(edits.get(random.nextInt(edits.size())));
    }
  }

  private static void requireNoKey(Correspondent reader, Sealed message, Instant now) {
    if (!now.isBefore(message.allowedFrom)) {
      return;
    }
    for (String path :
        List.of(
            "/v1/messages/" + message.id(),
            "/v1/messages",
            "/v1/messages?of=sent",
            "/v1/messages/%s/content/0".formatted(message.id()),
            "/v1/puzzles/" + message.id(),
            "/v1/mailbox")) {
      String text = reader.device.get(path, reader.token).text();
      assertThat(text)
          .as("%s before %s", path, message.allowedFrom)
          .doesNotContain(message.encryptedKey)
          .doesNotContain(message.challengeKey);
    }
  }

  private static Sealed send(Correspondent alice, Correspondent bob, Instant unlockAt)
      throws PuzzleFormatException {
    Messages.Submission submission = alice.send(bob, "not yet", unlockAt);
    Puzzle puzzle =
        Puzzle.decode(
            alice.fetch(submission.envelope().message()).sealed().puzzle().getFirst(),
            ModulusPolicy.STANDARD);
    BigInteger y = puzzle.base();
    for (long i = 0; i < puzzle.squarings(); i++) {
      y = y.multiply(y).mod(puzzle.modulus());
    }
    if (!(puzzle.open(y) instanceof OpenOutcome.Opened opened)) {
      throw new AssertionError("the puzzle does not open");
    }
    return new Sealed(submission, opened.revealPayload());
  }

  private static String hex(Sealed message) {
    return "'\\x" + message.id().value().toHex() + "'";
  }
}
