package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.service.db.TestDatabase;

/** What is wrong with a message is told clearly, and nothing of it is stored. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class BadMessagesTest {

  private static RunningServer server;
  private static Correspondent alice;
  private static Correspondent bob;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.with("--max-payload-mib=1", "--quota-messages=3", "--quota-mib=2");
    alice = Correspondent.registered(server, "bad-alice");
    bob = Correspondent.registered(server, "bad-bob");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsStored() throws SQLException {
    try (Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement()) {
      for (String table :
          List.of("messages", "message_events", "uploads", "gate.message_secrets")) {
        try (ResultSet rows = sql.executeQuery("SELECT count(*) FROM " + table)) {
          rows.next();
          assertThat(rows.getInt(1)).as(table).isZero();
        }
      }
    }
  }

  @Test
  void unlockTimesOutOfRange() {
    Instant now = server.clock().instant();
    assertRefused(
        changed(e -> with(e, e.recipient(), now.minusSeconds(10), now.minusMillis(1))),
        ProblemCode.UNLOCK_TIME_REFUSED,
        "a later time is required");
    assertRefused(
        changed(e -> with(e, e.recipient(), now, now.plus(Duration.ofDays(36_526)))),
        ProblemCode.UNLOCK_TIME_REFUSED,
        "at most 100 years");
    assertRefused(
        changed(e -> with(e, e.recipient(), now.minus(Duration.ofMinutes(6)), e.unlockAt())),
        ProblemCode.CLOCK_OUT_OF_RANGE,
        "may differ by 5 minutes");
  }

  @Test
  void unknownRecipientsAndOldKeys() {
    assertRefused(
        changed(e -> with(e, AccountId.random(), e.createdAt(), e.unlockAt())),
        ProblemCode.RECIPIENT_UNKNOWN,
        "");
    Messages.Submission good = good();
    Envelope e = good.envelope();
    assertRefused(
        signed(good, copy(e, e.device(), 9, e.payloadBytes(), e.profile())),
        ProblemCode.KEYS_CHANGED,
        "generation 1");
    assertRefused(
        signed(good, copy(e, DeviceId.random(), 1, e.payloadBytes(), e.profile())),
        ProblemCode.ENVELOPE_REFUSED,
        "another server, sender or device");
    assertRefused(
        signed(good, copy(e, e.device(), 1, e.payloadBytes(), "gpu/1")),
        ProblemCode.INVALID_FIELD,
        "profile is not known here");
  }

  @Test
  void whatIsNotAsItWasSigned() {
    Messages.Submission good = good();
    Envelope e = good.envelope();
    Bytes payload = good.payload().getFirst();
    assertRefused(
        new Messages.Submission(
            e,
            bob.person.signing.sign(e.statement()),
            good.created(),
            good.payload(),
            good.encryptedKey(),
            List.of()),
        ProblemCode.ENVELOPE_REFUSED,
        "is not signed");
    assertRefused(
        new Messages.Submission(
            e,
            good.signature(),
            MessageEvent.created(e, bob.person.signing),
            good.payload(),
            good.encryptedKey(),
            List.of()),
        ProblemCode.ENVELOPE_REFUSED,
        "is not signed");
    assertRefused(
        new Messages.Submission(
            e,
            good.signature(),
            good.created(),
            List.of(RandomBytes.ofLength(payload.length())),
            good.encryptedKey(),
            List.of()),
        ProblemCode.ENVELOPE_REFUSED,
        "not the one that the envelope names");
    assertRefused(
        new Messages.Submission(
            e, good.signature(), good.created(), List.of(), good.encryptedKey(), List.of()),
        ProblemCode.UPLOAD_INCOMPLETE,
        "no whole upload");
    for (List<Bytes> key : List.of(List.<Bytes>of(), List.of(RandomBytes.ofLength(64)))) {
      assertRefused(
          new Messages.Submission(
              e, good.signature(), good.created(), good.payload(), key, List.of()),
          ProblemCode.ENVELOPE_REFUSED,
          "encrypted key");
    }
  }

  @Test
  void aSendersPuzzleThatIsNone() {
    Messages.Submission good = good();
    Envelope e = good.envelope();
    Envelope bySender =
        new Envelope(
            e.suite(),
            e.server(),
            e.message(),
            e.sender(),
            1,
            e.device(),
            e.recipient(),
            1,
            e.type(),
            e.conversation(),
            e.createdAt(),
            e.unlockAt(),
            Policy.PUZZLE_ONLY,
            PuzzleBy.SENDER,
            e.bits(),
            e.profile(),
            e.payloadBytes(),
            e.payloadHash(),
            e.keyCommitment(),
            e.encryptedKeyHash());
    Messages.SenderPuzzle puzzle =
        new Messages.SenderPuzzle(
            RandomBytes.ofLength(900),
            RandomBytes.ofLength(96),
            RandomBytes.ofLength(32),
            List.of());
    assertRefused(
        new Messages.Submission(
            bySender,
            bySender.sign(alice.person.signing),
            MessageEvent.created(bySender, alice.person.signing),
            good.payload(),
            List.of(),
            List.of(puzzle)),
        ProblemCode.ENVELOPE_REFUSED,
        "the sender's puzzle");
    assertRefused(
        new Messages.Submission(
            e,
            good.signature(),
            good.created(),
            good.payload(),
            good.encryptedKey(),
            List.of(
                new Messages.SenderPuzzle(
                    RandomBytes.ofLength(900),
                    RandomBytes.ofLength(96),
                    RandomBytes.ofLength(32),
                    List.of(RandomBytes.ofLength(ChallengeKey.BYTES))))),
        ProblemCode.ENVELOPE_REFUSED,
        "if, and only if, puzzleBy is sender");
  }

  @Test
  void tooLargeAndTooMany() {
    Messages.Submission good = good();
    assertRefused(
        signed(good, copy(good.envelope(), good.envelope().device(), 1, (1 << 20) + 1, "picos/7")),
        ProblemCode.TOO_LARGE,
        "at most 1048576 allowed");
    var upload =
        new Messages.Upload(RandomBytes.ofLength(16), (1 << 20) + 1, RandomBytes.ofLength(32));
    assertThat(alice.device.post("/v1/uploads", alice.token, upload).problem())
        .isEqualTo(ProblemCode.TOO_LARGE);

    Correspondent carol = Correspondent.registered(server, "bad-carol");
    Instant soon = server.clock().instant().plusSeconds(60);
    var first = carol.send(bob, "1", soon);
    var second = carol.send(bob, "2", soon);
    var third = carol.send(bob, "3", soon);
    Messages.Submission fourth = carol.write(bob, "4", Policy.AT_UNLOCK, soon);
    var answer = carol.post(fourth);
    assertThat(answer.problem()).isEqualTo(ProblemCode.QUOTA_FULL);
    assertThat(answer.text()).contains("at most 3 allowed");
    // A deleted message makes room.
    bob.device.delete("/v1/messages/" + first.envelope().message(), bob.token);
    assertThat(carol.post(fourth).status()).isEqualTo(201);
    for (var sent : List.of(second, third, fourth)) {
      assertThat(bob.device.delete("/v1/messages/" + sent.envelope().message(), bob.token).status())
          .isEqualTo(204);
    }
  }

  @Test
  void aTruncatedUploadIsNoContent() throws SQLException {
    Messages.Submission good = good();
    Bytes payload = good.payload().getFirst();
    Envelope e = good.envelope();
    Bytes upload = RandomBytes.ofLength(16);
    String path = "/v1/uploads/" + Base64Url.encode(upload);
    // One byte more was announced than comes, so its only part is refused and it stays empty.
    var begun = new Messages.Upload(upload, payload.length() + 1, e.payloadHash());
    assertThat(alice.device.post("/v1/uploads", alice.token, begun).status()).isEqualTo(200);
    var refused = alice.device.put(path + "/parts/0", alice.token, new Messages.Part(payload));
    assertThat(refused.problem()).isEqualTo(ProblemCode.INVALID_FIELD);
    assertThat(refused.text()).contains("%d required".formatted(payload.length() + 1));
    assertThat(alice.device.postNothing(path + "/completion", alice.token).problem())
        .isEqualTo(ProblemCode.UPLOAD_INCOMPLETE);
    assertRefused(
        new Messages.Submission(
            e, good.signature(), good.created(), List.of(), good.encryptedKey(), List.of()),
        ProblemCode.UPLOAD_INCOMPLETE,
        "no whole upload");
    sweep();
  }

  @Test
  void anUploadOfOtherContentThanWasSaidIsRemoved() {
    Bytes upload = RandomBytes.ofLength(16);
    String path = "/v1/uploads/" + Base64Url.encode(upload);
    alice.device.post(
        "/v1/uploads", alice.token, new Messages.Upload(upload, 100, RandomBytes.ofLength(32)));
    alice.device.put(path + "/parts/0", alice.token, new Messages.Part(RandomBytes.ofLength(100)));

    var answer = alice.device.postNothing(path + "/completion", alice.token);

    assertThat(answer.problem()).isEqualTo(ProblemCode.UPLOAD_INCOMPLETE);
    assertThat(answer.text()).contains("another hash than was said");
  }

  @Test
  void uploadsCountAgainstTheQuotaBeforeTheyAreMessages() throws SQLException {
    Correspondent dora = Correspondent.registered(server, "bad-dora");
    for (int i = 0; i < 2; i++) {
      var fits = new Messages.Upload(RandomBytes.ofLength(16), 1 << 20, RandomBytes.ofLength(32));
      assertThat(dora.device.post("/v1/uploads", dora.token, fits).status()).isEqualTo(200);
    }
    var third = new Messages.Upload(RandomBytes.ofLength(16), 1, RandomBytes.ofLength(32));

    var answer = dora.device.post("/v1/uploads", dora.token, third);

    assertThat(answer.problem()).isEqualTo(ProblemCode.QUOTA_FULL);
    assertThat(answer.text()).contains("at most 2097152 allowed");
    assertThat(answer.text()).contains("2097153 bytes");
    sweep();
  }

  /** What the sweeper does with uploads a day later. */
  private static void sweep() throws SQLException {
    try (Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement()) {
      sql.execute("DELETE FROM uploads WHERE message_id IS NULL");
    }
  }

  @Test
  void othersMessagesAreNotThere() {
    Correspondent eve = Correspondent.registered(server, "bad-eve");
    var sent = alice.send(bob, "private", server.clock().instant().plusSeconds(60));
    String path = "/v1/messages/" + sent.envelope().message();

    assertThat(eve.device.get(path, eve.token).problem()).isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(eve.device.get(path + "/content/0", eve.token).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(eve.device.delete(path, eve.token).problem()).isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(eve.device.get("/v1/messages/short", eve.token).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(bob.device.delete(path, bob.token).status()).isEqualTo(204);
  }

  private static Messages.Submission good() {
    return alice.write(bob, "good", Policy.AT_UNLOCK, server.clock().instant().plusSeconds(60));
  }

  private static Messages.Submission changed(UnaryOperator<Envelope> change) {
    Messages.Submission good = good();
    return signed(good, change.apply(good.envelope()));
  }

  /** The same with another envelope, signed as it has to be. */
  private static Messages.Submission signed(Messages.Submission good, Envelope envelope) {
    return new Messages.Submission(
        envelope,
        envelope.sign(alice.person.signing),
        MessageEvent.created(envelope, alice.person.signing),
        good.payload(),
        good.encryptedKey(),
        List.of());
  }

  private static Envelope with(
      Envelope e, AccountId recipient, Instant createdAt, Instant unlockAt) {
    return new Envelope(
        e.suite(),
        e.server(),
        e.message(),
        e.sender(),
        e.senderGeneration(),
        e.device(),
        recipient,
        e.recipientGeneration(),
        e.type(),
        e.conversation(),
        createdAt,
        unlockAt,
        e.policy(),
        e.puzzleBy(),
        e.bits(),
        e.profile(),
        e.payloadBytes(),
        e.payloadHash(),
        e.keyCommitment(),
        e.encryptedKeyHash());
  }

  private static Envelope copy(
      Envelope e, DeviceId device, long recipientGeneration, long payloadBytes, String profile) {
    return new Envelope(
        e.suite(),
        e.server(),
        e.message(),
        e.sender(),
        e.senderGeneration(),
        device,
        e.recipient(),
        recipientGeneration,
        e.type(),
        e.conversation(),
        e.createdAt(),
        e.unlockAt(),
        e.policy(),
        e.puzzleBy(),
        e.bits(),
        profile,
        payloadBytes,
        e.payloadHash(),
        e.keyCommitment(),
        e.encryptedKeyHash());
  }

  private static void assertRefused(
      Messages.Submission submission, ProblemCode code, String detail) {
    var answer = alice.post(submission);
    assertThat(answer.text()).contains(detail);
    assertThat(answer.problem()).isEqualTo(code);
  }
}
