package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.engine.solve.StopSignal;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.message.BlockedSenders;
import org.tidelock.sdk.message.CancelMessage;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.ExportMessage;
import org.tidelock.sdk.message.Inbox;
import org.tidelock.sdk.message.PostponeMessage;
import org.tidelock.sdk.message.ReadMessage;
import org.tidelock.sdk.message.ReadOutcome;
import org.tidelock.sdk.message.SendMessage;
import org.tidelock.sdk.message.SendNow;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.service.db.TestDatabase;

/** Messages, by this client against the real server over real sockets. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class MessageFlowsTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Profile SLOW = Profile.ofPicos(10_000_000_000L);

  private static RunningServer server;
  private static Client alice;
  private static Client bob;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    alice = Client.registered(server, "msg-alice");
    bob = Client.registered(server, "msg-bob");
  }

  @AfterAll
  static void stop() {
    alice.close();
    bob.close();
    server.close();
  }

  @Test
  void opensAtItsTimeAndNotBefore() throws IOException {
    MessageId id = send(locked(), "sealed until the hour");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(read(bob).read(id, out))
        .isEqualTo(new ReadOutcome.NotYet(Messages.State.WAITING, now().plus(SOON)));
    assertThat(out.size()).isZero();
    server.clock().move(SOON);

    assertOpened(readInTime(id, out), true);
    assertThat(out).hasToString("sealed until the hour");
    assertThat(alice.home.receipt(id)).isPresent();
    assertThat(alice.home.pending()).isEmpty();
  }

  @Test
  void opensBySolvingAndGoesOnWhereItWasStopped() throws Exception {
    MessageId id = send(locked().with(Policy.PUZZLE_ONLY, PuzzleBy.SERVER), "work for it");
    StopSignal stopped = new StopSignal();
    stopped.request();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(read(bob).solve(id, event -> {}, stopped, out))
        .isInstanceOf(ReadOutcome.Interrupted.class);
    assertOpened(read(bob).solve(id, event -> {}, new StopSignal(), out), true);
    assertThat(out).hasToString("work for it");
    assertThat(bob.home.puzzles().resolve(puzzle(id).id().toHex())).doesNotExist();
    assertThat(read(bob).read(id, out))
        .isInstanceOfSatisfying(
            ReadOutcome.NotYet.class,
            notYet -> assertThat(notYet.state()).isEqualTo(Messages.State.PUZZLE_ONLY));
  }

  @Test
  void opensPuzzlesThatTheSenderMade() throws Exception {
    MessageId deposited = send(locked().with(Policy.AT_UNLOCK, PuzzleBy.SENDER), "deposited");
    MessageId kept = send(locked().with(Policy.PUZZLE_ONLY, PuzzleBy.SENDER), "kept");

    ByteArrayOutputStream solved = new ByteArrayOutputStream();
    assertOpened(read(bob).solve(kept, event -> {}, new StopSignal(), solved), true);
    server.clock().move(SOON);
    ByteArrayOutputStream released = new ByteArrayOutputStream();
    assertOpened(readInTime(deposited, released), true);

    assertThat(solved).hasToString("kept");
    assertThat(released).hasToString("deposited");
  }

  @Test
  void anExportedMessageNeedsNoServer() throws IOException {
    MessageId id = send(locked(), "without any server");
    Path file = Files.createTempFile(Path.of("target"), "exported-", ".message");
    try (OutputStream out = Files.newOutputStream(file)) {
      bob.granted(new ExportMessage(bob.connection(), bob.home).export(id, out));
    }
    ServerPin nowhere =
        new ServerPin("https://localhost:1", bob.pin().certificate(), bob.pin().info());
    try (ServerConnection offline = ServerConnection.to(nowhere, server.clock())) {
      ReadMessage read = new ReadMessage(offline, bob.home);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertOpened(read.solveExported(file, event -> {}, new StopSignal(), out), true);
      assertThat(out).hasToString("without any server");

      byte[] spoilt = Files.readAllBytes(file);
      spoilt[spoilt.length - 1] ^= 1;
      Files.write(file, spoilt);
      assertThat(read.solveExported(file, event -> {}, new StopSignal(), out))
          .isInstanceOf(ReadOutcome.Refused.class);
    }
  }

  @Test
  void aSolutionThatSomebodyFoundIsCheckedBeforeItIsBelieved() throws Exception {
    MessageId id = send(locked(), "solved elsewhere");
    Puzzle puzzle = puzzle(id);
    BigInteger solution = puzzle.base();
    for (long i = 0; i < puzzle.squarings(); i++) {
      solution = solution.multiply(solution).mod(puzzle.modulus());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(read(bob).withSolution(id, solution.add(BigInteger.ONE), out))
        .isInstanceOf(ReadOutcome.Refused.class);
    assertThat(out.size()).isZero();
    assertOpened(read(bob).withSolution(id, solution, out), true);
    assertThat(out).hasToString("solved elsewhere");
  }

  @Test
  void aWrongKeyReleasedIsNoticedAndTheReceiptNamed() throws Exception {
    MessageId id = send(locked(), "spoilt by the server");
    MessageId other = send(locked(), "another");
    server.clock().move(SOON);
    readInTime(id, OutputStream.nullOutputStream());
    readInTime(other, OutputStream.nullOutputStream());
    sql(
        """
        UPDATE messages SET challenge_key = (
          SELECT challenge_key FROM messages WHERE message_id = '\\x%s')
        WHERE message_id = '\\x%s'
        """
            .formatted(other.value().toHex(), id.value().toHex()));

    assertThat(read(bob).read(id, OutputStream.nullOutputStream()))
        .isInstanceOfSatisfying(
            ReadOutcome.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("not the one that the server committed to")
                    .contains("receipt proves it"));
  }

  @Test
  void anotherPuzzleThanInTheReceiptIsNoticed() throws Exception {
    MessageId id = send(locked(), "another puzzle");
    MessageId other = send(locked(), "another");
    sql(
        """
        UPDATE messages SET puzzle = (SELECT puzzle FROM messages WHERE message_id = '\\x%s')
        WHERE message_id = '\\x%s'
        """
            .formatted(other.value().toHex(), id.value().toHex()));

    assertThatThrownBy(
            () ->
                read(bob).solve(id, event -> {}, new StopSignal(), OutputStream.nullOutputStream()))
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining("not the one in the server's receipt; the receipt proves it");
  }

  @Test
  void theSenderCancelsPostponesAndSendsNow() throws IOException {
    MessageId cancelled = send(locked(), "never");
    MessageId postponed = send(locked(), "later");
    MessageId now = send(locked(), "now");
    Instant later = now().plus(SOON).plus(SOON);

    Messages.Changed taken =
        alice.granted(new CancelMessage(alice.connection(), alice.home).cancel(cancelled));
    alice.granted(new PostponeMessage(alice.connection(), alice.home).postpone(postponed, later));
    alice.granted(new SendNow(alice.connection(), alice.home).sendNow(now));

    assertThat(taken.state()).isEqualTo(Messages.State.CANCELLED);
    assertThat(taken.puzzlePublished()).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertOpened(readInTime(now, out), true);
    assertThat(read(bob).read(postponed, out))
        .isEqualTo(new ReadOutcome.NotYet(Messages.State.WAITING, later));
    assertThat(read(bob).read(cancelled, out))
        .isInstanceOfSatisfying(
            ReadOutcome.NotYet.class,
            notYet -> assertThat(notYet.state()).isEqualTo(Messages.State.CANCELLED));
  }

  @Test
  void theInboxGivesEachItemOnce() throws IOException {
    try (Client carol = Client.registered(server, "msg-carol")) {
      Inbox inbox = new Inbox(carol.connection(), carol.home);
      MessageId id = send(Draft.immediate(carol.name), "hello");

      List<Mailbox.Item> first = carol.granted(inbox.next(Duration.ZERO));
      assertThat(first).extracting(Mailbox.Item::message).contains(id);
      assertThat(carol.granted(inbox.next(Duration.ZERO))).isEqualTo(first);
      carol.granted(inbox.acknowledge(first));
      assertThat(carol.granted(inbox.next(Duration.ZERO))).isEmpty();

      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertOpened(read(carol).read(id, out), true);
      assertThat(out).hasToString("hello");
      assertThat(carol.granted(inbox.received(Optional.empty())).messages()).hasSize(1);
      assertThat(
              alice
                  .granted(new Inbox(alice.connection(), alice.home).sent(Optional.empty()))
                  .messages()
                  .getFirst()
                  .recipientName())
          .isEqualTo(carol.name);
    }
  }

  @Test
  void longContentTravelsInParts() throws IOException {
    byte[] content = new byte[300_000];
    new Random(7).nextBytes(content);
    Answer<Messages.Accepted> answer =
        new SendMessage(alice.connection(), alice.home)
            .send(Draft.immediate(bob.name), new ByteArrayInputStream(content), content.length);
    MessageId id = alice.granted(answer).receipt().message();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertOpened(read(bob).read(id, out), true);
    assertThat(out.toByteArray()).isEqualTo(content);
  }

  @Test
  void whatDidNotArriveIsSentAgainAsItWas() throws Exception {
    try (RunningServer own = RunningServer.start();
        Client sender = Client.registered(own, "again-alice");
        Client reader = Client.registered(own, "again-bob");
        LyingProxy proxy = LyingProxy.before(own)) {
      sender.granted(sender.people().find(reader.name));
      proxy.lieAbout(
          "/v1/messages",
          passed -> {
            throw new IllegalStateException("the connection broke");
          });
      sender.reconnect(proxy.pin(sender.pin()));
      assertThatThrownBy(
              () ->
                  new SendMessage(sender.connection(), sender.home)
                      .send(
                          Draft.immediate(reader.name),
                          new ByteArrayInputStream("once".getBytes(StandardCharsets.UTF_8)),
                          4))
          .isInstanceOf(UnreachableException.class);
      assertThat(sender.home.pending()).hasSize(1);

      sender.reconnect(reader.pin());
      List<Answer<Messages.Accepted>> again =
          new SendMessage(sender.connection(), sender.home).sendPending();

      assertThat(again).hasSize(1);
      assertThat(sender.home.pending()).isEmpty();
      assertThat(
              reader
                  .granted(new Inbox(reader.connection(), reader.home).received(Optional.empty()))
                  .messages())
          .hasSize(1);
    }
  }

  @Test
  void whatWaitedTooLongForItsDateIsAddressedAnew() throws Exception {
    try (RunningServer own = RunningServer.start();
        Client sender = Client.registered(own, "late-alice");
        Client reader = Client.registered(own, "late-bob");
        LyingProxy proxy = LyingProxy.before(own)) {
      Draft draft =
          Draft.text(reader.name, own.clock().instant().plus(Duration.ofMinutes(40)))
              .with(SLOW)
              .with(Policy.AT_UNLOCK, PuzzleBy.SENDER);
      proxy.breakAt("/v1/messages", LyingProxy.Breaking.BEFORE_IT_ARRIVES, 0);
      sender.reconnect(proxy.pin(sender.pin()));
      assertThatThrownBy(
              () ->
                  new SendMessage(sender.connection(), sender.home)
                      .send(
                          draft,
                          new ByteArrayInputStream("late".getBytes(StandardCharsets.UTF_8)),
                          4))
          .isInstanceOf(UnreachableException.class);
      MessageId id = sender.home.pending().getFirst().envelope().message();

      own.clock().move(Duration.ofMinutes(20));
      proxy.mend();
      List<Answer<Messages.Accepted>> answers =
          new SendMessage(sender.connection(), sender.home).sendPending();

      assertThat(answers).hasSize(1);
      assertThat(sender.granted(answers.getFirst()).receipt().message()).isEqualTo(id);
      assertThat(sender.home.pending()).isEmpty();
      assertThat(sender.home.pendingKey(id)).isEmpty();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertOpened(read(reader).solve(id, event -> {}, new StopSignal(), out), true);
      assertThat(out).hasToString("late");
    }
  }

  @Test
  void whatIsRefusedForAReasonThatPassesStaysInTheOutbox() throws Exception {
    try (RunningServer own = RunningServer.start();
        Client sender = Client.registered(own, "stays-alice");
        Client reader = Client.registered(own, "stays-bob");
        LyingProxy proxy = LyingProxy.before(own)) {
      proxy.breakAt("/v1/messages", LyingProxy.Breaking.BEFORE_IT_ARRIVES, 0);
      sender.reconnect(proxy.pin(sender.pin()));
      assertThatThrownBy(
              () ->
                  new SendMessage(sender.connection(), sender.home)
                      .send(
                          Draft.immediate(reader.name),
                          new ByteArrayInputStream("stays".getBytes(StandardCharsets.UTF_8)),
                          5))
          .isInstanceOf(UnreachableException.class);
      proxy.mend();
      sender.home.keep(sender.identity().loggedOut());

      assertThat(new SendMessage(sender.connection(), sender.home).sendPending())
          .hasOnlyElementsOfType(Answer.Refused.class);
      assertThat(sender.home.pending()).hasSize(1);
    }
  }

  private static Puzzle puzzle(MessageId id) throws IOException, PuzzleFormatException {
    Messages.Accepted accepted = alice.home.receipt(id).orElseThrow();
    return Puzzle.decode(accepted.puzzle().getFirst(), ModulusPolicy.STANDARD);
  }

  private static Draft locked() {
    return Draft.text(bob.name, now().plus(SOON)).with(SLOW);
  }

  private static Instant now() {
    return server.clock().instant();
  }

  @Test
  void aBlockedSenderIsRefusedAndKeepsNothingWaiting() throws Exception {
    try (Client dora = Client.registered(server, "talk-dora")) {
      BlockedSenders blocked = new BlockedSenders(dora.connection(), dora.home);
      dora.granted(blocked.block(alice.name));
      assertThat(dora.granted(blocked.list())).containsExactly(alice.name);
      byte[] content = "unwanted".getBytes(StandardCharsets.UTF_8);
      SendMessage sending = new SendMessage(alice.connection(), alice.home);

      assertThat(
              sending.send(
                  Draft.immediate(dora.name), new ByteArrayInputStream(content), content.length))
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> assertThat(refused.problem().code()).contains(ProblemCode.SENDER_BLOCKED));
      assertThat(alice.home.pending()).isEmpty();

      dora.granted(blocked.unblock(alice.name));
      MessageId id = send(Draft.immediate(dora.name), "welcome");
      assertThat(dora.granted(new Inbox(dora.connection(), dora.home).next(Duration.ZERO)))
          .extracting(Mailbox.Item::message)
          .contains(id);
    }
  }

  private static MessageId send(Draft draft, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return alice
        .granted(
            new SendMessage(alice.connection(), alice.home)
                .send(draft, new ByteArrayInputStream(content), content.length))
        .receipt()
        .message();
  }

  private static ReadMessage read(Client client) {
    return new ReadMessage(client.connection(), client.home);
  }

  /** Reads until the releaser has come by. */
  private static ReadOutcome readInTime(MessageId id, OutputStream out) throws IOException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    ReadOutcome outcome = read(bob).read(id, out);
    while (outcome instanceof ReadOutcome.NotYet && System.nanoTime() < deadline) {
      outcome = read(bob).read(id, out);
    }
    return outcome;
  }

  private static void assertOpened(ReadOutcome outcome, boolean confirmed) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ReadOutcome.Opened.class,
            opened -> assertThat(opened.confirmed()).isEqualTo(confirmed));
  }

  private static void sql(String statement) throws SQLException {
    try (Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement()) {
      assertThat(sql.executeUpdate(statement)).isEqualTo(1);
    }
  }
}
