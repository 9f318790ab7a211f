package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.message.EventLog;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.app.Server;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.EventSocket;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire.Answer;

/** The steps of the source documents that are about messages, over real sockets. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class MessageFlowsTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private static RunningServer server;
  private static Correspondent alice;
  private static Correspondent bob;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    alice = Correspondent.registered(server, "flow-alice");
    bob = Correspondent.registered(server, "flow-bob");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /**
   * 000, "send message": keys, k_msg, unlock date, signature; verify, puzzle, double encryption.
   */
  @Test
  void document000SendMessageOpensByReleaseAndBySolving() throws Exception {
    MessageId id = alice.send(bob, "sealed until the hour", soon()).envelope().message();
    Messages.Message waiting = bob.fetch(id);

    assertThat(waiting.state()).isEqualTo(Messages.State.WAITING);
    assertThat(waiting.opening()).isEmpty();
    assertThat(waiting.sealed().receipt().isSigned(server.wire().info().signingKey())).isTrue();
    assertThat(
            waiting
                .sealed()
                .envelope()
                .isSigned(alice.person.signing.publicKey(), waiting.sealed().signature()))
        .isTrue();
    assertThat(bob.openBySolving(id)).contains("sealed until the hour");

    server.clock().move(SOON);
    bob.awaitOpening(id);
    assertThat(bob.openReleased(id)).contains("sealed until the hour");
    assertThat(bob.openBySolving(id)).contains("sealed until the hour");
  }

  @Test
  void document000PuzzleOnlyIsNeverReleased() throws Exception {
    Messages.Submission submission = alice.write(bob, "work for it", Policy.PUZZLE_ONLY, soon());
    assertThat(alice.post(submission).status()).isEqualTo(201);
    MessageId id = submission.envelope().message();
    Messages.Message other = bob.fetch(alice.send(bob, "another", soon()).envelope().message());

    server.clock().move(SOON);
    bob.awaitOpening(other.sealed().envelope().message());

    assertThat(bob.fetch(id).state()).isEqualTo(Messages.State.PUZZLE_ONLY);
    assertThat(bob.fetch(id).opening()).isEmpty();
    assertThat(bob.openBySolving(id)).contains("work for it");
  }

  /** 001, "messaging" and "update": a sealed message with no unlock time, fetched, then deleted. */
  @Test
  void document001MessagingAndUpdate() throws Exception {
    bob.takeItems();
    Messages.Submission submission = alice.write(bob, "at once", Policy.IMMEDIATE, Instant.EPOCH);
    assertThat(alice.post(submission).status()).isEqualTo(201);
    MessageId id = submission.envelope().message();

    List<Mailbox.Item> items = bob.items();
    assertThat(items).extracting(Mailbox.Item::message).containsExactly(id);
    assertThat(bob.openReleased(id)).contains("at once");

    assertThat(bob.device.delete("/v1/messages/" + id, bob.token).status()).isEqualTo(204);
    assertThat(bob.device.get("/v1/messages/" + id, bob.token).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
    bob.takeItems();
    assertThat(bob.items()).isEmpty();
  }

  /** 002, "queue and acknowledgement": again and again until acknowledged, for each device. */
  @Test
  void document002QueueAndAcknowledgement() {
    Correspondent carol = Correspondent.registered(server, "queue-carol");
    Correspondent tablet = carol.onNewDevice();
    MessageId first = alice.send(carol, "one", soon()).envelope().message();
    MessageId second = alice.send(carol, "two", soon()).envelope().message();

    assertThat(carol.items()).isEqualTo(carol.items());
    assertThat(carol.items()).extracting(Mailbox.Item::message).containsExactly(first, second);
    assertThat(carol.items())
        .extracting(Mailbox.Item::sequence)
        .hasSize(2)
        .isSorted()
        .doesNotHaveDuplicates();

    long ofSecond = carol.items().getLast().sequence();
    carol.device.post(
        "/v1/mailbox/acknowledgements",
        carol.token,
        new Mailbox.Acknowledgement(List.of(ofSecond)));

    assertThat(carol.items()).extracting(Mailbox.Item::message).containsExactly(first);
    assertThat(tablet.takeItems()).extracting(Mailbox.Item::message).containsExactly(first, second);
    assertThat(tablet.items()).isEmpty();
  }

  @Test
  void document002LongPollAnswersWhenSomethingComes() throws Exception {
    Correspondent dave = Correspondent.registered(server, "poll-dave");
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Answer> waiting =
          threads.submit(() -> dave.device.get("/v1/mailbox?wait=20", dave.token));
      MessageId id = alice.send(dave, "wake up", soon()).envelope().message();

      assertThat(waiting.get().as(Mailbox.Page.class).items())
          .extracting(Mailbox.Item::message)
          .containsExactly(id);
    }
    assertThat(dave.device.get("/v1/mailbox?wait=26", dave.token).problem())
        .isEqualTo(ProblemCode.INVALID_FIELD);
  }

  @Test
  void document002ItemsComeOverTheSocketFromAnyNodeAndAgainUntilAcknowledged() throws Exception {
    Correspondent faye = Correspondent.registered(server, "push-faye");
    MessageId waiting = alice.send(faye, "waits", soon()).envelope().message();
    try (Server second = server.anotherNode();
        EventSocket socket = server.wireTo(second).events(faye.device.key, faye.token)) {
      assertThat(socket.nextItem().message()).isEqualTo(waiting);
      MessageId pushed = alice.send(faye, "comes", soon()).envelope().message();
      assertThat(socket.nextItem().message()).isEqualTo(pushed);
    }
    try (EventSocket again = server.wire().events(faye.device.key, faye.token)) {
      assertThat(again.nextItem().message()).isEqualTo(waiting);
    }
  }

  /** 004, "delivered, deleted": the item goes by acknowledgement, the content by deletion. */
  @Test
  void document004DeliveryAndDeletion() throws Exception {
    Correspondent erin = Correspondent.registered(server, "deliver-erin");
    MessageId id = alice.send(erin, "deliver me", soon()).envelope().message();
    server.clock().move(SOON);
    erin.awaitOpening(id);

    assertThat(erin.takeItems())
        .extracting(Mailbox.Item::kind)
        .containsExactly(Mailbox.Kind.ARRIVED, Mailbox.Kind.RELEASED);
    assertThat(erin.openReleased(id)).contains("deliver me");
    assertThat(erin.onNewDevice().openReleased(id)).contains("deliver me");
    assertThat(alice.device.delete("/v1/messages/" + id, alice.token).problem())
        .isEqualTo(ProblemCode.CHANGE_REFUSED);
    assertThat(erin.device.delete("/v1/messages/" + id, erin.token).status()).isEqualTo(204);
    assertThat(erin.device.get("/v1/messages/%s/content/0".formatted(id), erin.token).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
  }

  @Test
  void aRetryGetsTheIdenticalPuzzleAndReceipt() throws Exception {
    Messages.Submission submission = alice.write(bob, "again", Policy.AT_UNLOCK, soon());
    Callable<Messages.Accepted> post = () -> alice.post(submission).as(Messages.Accepted.class);
    List<Messages.Accepted> answers;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      answers =
          threads.invokeAll(List.of(post, post, post, post)).stream()
              .map(MessageFlowsTest::got)
              .distinct()
              .toList();
    }
    server.clock().move(Duration.ofMinutes(6));

    assertThat(answers).hasSize(1);
    assertThat(post.call()).isEqualTo(answers.getFirst());
    Messages.Submission other = alice.write(bob, "other", Policy.AT_UNLOCK, soon());
    assertThat(
            alice
                .post(
                    new Messages.Submission(
                        withId(other, submission),
                        other.signature(),
                        other.created(),
                        other.payload(),
                        other.encryptedKey(),
                        List.of()))
                .problem())
        .isEqualTo(ProblemCode.MESSAGE_EXISTS);
  }

  @Test
  void theSenderCountersignsAndTheRecipientSeesIt() {
    Messages.Submission submission = alice.write(bob, "sure", Policy.AT_UNLOCK, soon());
    Messages.Accepted accepted = alice.post(submission).as(Messages.Accepted.class);
    MessageId id = submission.envelope().message();
    String path = "/v1/messages/%s/countersignature".formatted(id);

    assertThat(
            alice
                .device
                .post(
                    path,
                    alice.token,
                    new Messages.Countersigned(accepted.receipt().countersign(bob.person.signing)))
                .problem())
        .isEqualTo(ProblemCode.ENVELOPE_REFUSED);
    var right = new Messages.Countersigned(accepted.receipt().countersign(alice.person.signing));
    assertThat(bob.device.post(path, bob.token, right).problem()).isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(alice.device.post(path, alice.token, right).status()).isEqualTo(204);

    assertThat(bob.fetch(id).sealed().countersignature()).containsExactly(right.signature());
  }

  @Test
  void theSenderPostponesSendsNowAndCancels() throws Exception {
    MessageId postponed = alice.send(bob, "later", soon()).envelope().message();
    MessageId sentNow = alice.send(bob, "now", soon()).envelope().message();
    MessageId cancelled = alice.send(bob, "never", soon()).envelope().message();
    Instant later = soon().plus(SOON);

    var first = alice.decide(alice.event(postponed, MessageEvent.Kind.POSTPONED, later));
    alice.decide(alice.event(sentNow, MessageEvent.Kind.SENT_NOW, alice.person.now()));
    var last =
        alice.decide(
            alice.event(
                cancelled,
                MessageEvent.Kind.CANCELLED,
                alice.fetch(cancelled).sealed().receipt().releaseAt()));

    assertThat(first.as(Messages.Changed.class))
        .isEqualTo(new Messages.Changed(Messages.State.WAITING, later, true));
    assertThat(last.as(Messages.Changed.class).state()).isEqualTo(Messages.State.CANCELLED);
    bob.awaitOpening(sentNow);
    assertThat(bob.openReleased(sentNow)).contains("now");

    MessageId marker = alice.send(bob, "marker", soon()).envelope().message();
    server.clock().move(SOON);
    bob.awaitOpening(marker);
    assertThat(bob.fetch(postponed).opening()).isEmpty();
    assertThat(bob.fetch(cancelled).opening()).isEmpty();
    assertThat(new EventLog(bob.fetch(cancelled).sealed().events()).cancelled()).isTrue();
    server.clock().move(SOON);
    bob.awaitOpening(postponed);
    assertThat(bob.openReleased(postponed)).contains("later");
    assertThat(alice.decide(alice.event(postponed, MessageEvent.Kind.CANCELLED, later)).problem())
        .isEqualTo(ProblemCode.TOO_LATE);
  }

  @Test
  void onlyTheSenderDecides() {
    MessageId id = alice.send(bob, "mine", soon()).envelope().message();
    MessageEvent forged =
        alice
            .fetch(id)
            .sealed()
            .events()
            .getFirst()
            .next(
                MessageEvent.Kind.SENT_NOW,
                1,
                bob.person.now(),
                bob.person.now(),
                bob.person.signing);

    assertThat(bob.decide(forged).problem()).isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(alice.decide(forged).problem()).isEqualTo(ProblemCode.ENVELOPE_REFUSED);
  }

  @Test
  void longContentComesInPartsAndATruncatedOneLeavesNothing() {
    Bytes content = RandomBytes.ofLength(2 * Messages.PART_BYTES + 100);
    Bytes upload = RandomBytes.ofLength(16);
    var begin = new Messages.Upload(upload, content.length(), Sha256.of(content));
    String path = "/v1/uploads/" + org.tidelock.protocol.account.Base64Url.encode(upload);

    assertThat(alice.device.post("/v1/uploads", alice.token, begin).status()).isEqualTo(200);
    assertThat(put(path, 1, part(content, 1)).problem()).isEqualTo(ProblemCode.UPLOAD_INCOMPLETE);
    assertThat(put(path, 0, part(content, 2)).problem()).isEqualTo(ProblemCode.INVALID_FIELD);
    put(path, 0, part(content, 0));
    put(path, 0, part(content, 0));
    assertThat(alice.device.postNothing(path + "/completion", alice.token).problem())
        .isEqualTo(ProblemCode.UPLOAD_INCOMPLETE);
    assertThat(bob.device.postNothing(path + "/completion", bob.token).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(
            alice
                .device
                .post("/v1/uploads", alice.token, begin)
                .as(Messages.UploadState.class)
                .parts())
        .isEqualTo(1);
    put(path, 1, part(content, 1));
    put(path, 2, part(content, 2));
    assertThat(
            alice
                .device
                .postNothing(path + "/completion", alice.token)
                .as(Messages.UploadState.class)
                .complete())
        .isTrue();
  }

  @Test
  void listsMessagesAndShowsPuzzlesToAnyone() throws Exception {
    MessageId id = alice.send(bob, "listed", soon()).envelope().message();

    Messages.Summaries received =
        bob.device.get("/v1/messages?of=received", bob.token).as(Messages.Summaries.class);
    Messages.Summaries sent =
        alice.device.get("/v1/messages?of=sent", alice.token).as(Messages.Summaries.class);
    Messages.Puzzle puzzle =
        server.wire().send("GET", "/v1/puzzles/" + id, null, null).as(Messages.Puzzle.class);

    assertThat(received.messages().getFirst().envelope().message()).isEqualTo(id);
    assertThat(received.messages().getFirst().senderName()).isEqualTo(alice.person.name);
    assertThat(sent.messages().getFirst().envelope().message()).isEqualTo(id);
    assertThat(puzzle.squarings()).isEqualTo(6000);
    assertThat(puzzle.puzzle()).isEqualTo(bob.fetch(id).sealed().puzzle().getFirst());
  }

  private static Instant soon() {
    return server.clock().instant().plus(SOON);
  }

  private static Answer put(String path, int number, Messages.Part part) {
    return server
        .wire()
        .signed(alice.device.key, "PUT", path + "/parts/" + number, alice.token, part);
  }

  private static Messages.Part part(Bytes content, int number) {
    int begin = number * Messages.PART_BYTES;
    return new Messages.Part(
        Bytes.of(
            java.util.Arrays.copyOfRange(
                content.toArray(),
                begin,
                Math.min(content.length(), begin + Messages.PART_BYTES))));
  }

  private static org.tidelock.protocol.message.Envelope withId(
      Messages.Submission of, Messages.Submission id) {
    var e = of.envelope();
    return new org.tidelock.protocol.message.Envelope(
        e.suite(),
        e.server(),
        id.envelope().message(),
        e.sender(),
        e.senderGeneration(),
        e.device(),
        e.recipient(),
        e.recipientGeneration(),
        e.type(),
        e.conversation(),
        e.createdAt(),
        e.unlockAt(),
        e.policy(),
        e.puzzleBy(),
        e.bits(),
        e.profile(),
        e.payloadBytes(),
        e.payloadHash(),
        e.keyCommitment(),
        e.encryptedKeyHash());
  }

  private static <T> T got(Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
