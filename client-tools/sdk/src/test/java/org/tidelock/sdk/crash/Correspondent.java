package org.tidelock.sdk.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.solve.StopSignal;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.Inbox;
import org.tidelock.sdk.message.ReadMessage;
import org.tidelock.sdk.message.ReadOutcome;
import org.tidelock.sdk.message.SendMessage;

/**
 * Somebody who sends, receives and reads through the client library, at whichever node answers, and
 * enters all of it into the test's ledger. For one thread at a time.
 */
final class Correspondent implements AutoCloseable {

  /** So slow a machine that a lock of a second is a hundred squarings. */
  private static final Profile SLOW = Profile.ofPicos(10_000_000_000L);

  /** What a node may say whose database is down, or to a message that it sees too late. */
  private static final Set<ProblemCode> NOT_TAKEN =
      Set.of(ProblemCode.INTERNAL, ProblemCode.OVERLOADED, ProblemCode.UNLOCK_TIME_REFUSED);

  private static final int LATEST_UNLOCK_MILLIS = 5000;
  private static final int PAUSE_MILLIS = 100;

  private final Person person;
  private final ClientHome home;
  private final Ledger ledger;
  private final Random random;
  private final List<ServerConnection> nodes = new ArrayList<>();
  private final List<Messages.Submission> sentTwice = new ArrayList<>();
  private int node;

  /** Somebody who does what {@code seed} decides. */
  Correspondent(Person person, Ledger ledger, long seed) {
    this.person = person;
    this.home = person.home();
    this.ledger = ledger;
    this.random = new Random(seed);
  }

  AccountName name() {
    return person.name();
  }

  /** Speaks to these nodes of the service, whichever answers. */
  void through(List<String> addresses) throws IOException {
    close();
    nodes.clear();
    for (String address : addresses) {
      nodes.add(person.connect(address));
    }
    node = random.nextInt(nodes.size());
  }

  /** Sends something to one of them, and takes what has come. */
  void sendAndReceive(List<AccountName> others) throws IOException, InterruptedException {
    attempt(() -> retryUnanswered() && sendTo(others.get(random.nextInt(others.size()))));
    receive();
    Thread.sleep(random.nextInt(PAUSE_MILLIS));
  }

  /** Sends what was not answered yet, and takes what has come. */
  void receive() throws IOException {
    attempt(() -> retryUnanswered() && takeItems());
  }

  /** Sends again what was answered after a retry already; the ledger compares the receipts. */
  void retryOnceMore() throws IOException {
    OwnSession session = new OwnSession(nodes.get(node), home);
    for (Messages.Submission submission : sentTwice) {
      ledger.acknowledged(
          submission.envelope().conversation(),
          Person.granted(
              session.send(Request.post("/v1/messages", submission), Messages.Accepted.class)));
    }
  }

  /**
   * Fails unless the service still shows, for all that it acknowledged here, what it signed then.
   */
  void requireSameReceipts(Set<MessageId> acknowledged) throws IOException {
    OwnSession session = new OwnSession(nodes.get(node), home);
    for (MessageId id : acknowledged) {
      Optional<Messages.Accepted> kept = home.receipt(id);
      if (kept.isPresent()) {
        Messages.Sealed sealed =
            Person.granted(session.send(Request.get("/v1/messages/" + id), Messages.Message.class))
                .sealed();
        assertThat(
                new Messages.Accepted(sealed.receipt(), sealed.puzzle(), sealed.doubleEncrypted()))
            .isEqualTo(kept.get());
      }
    }
  }

  private interface Attempt {
    /** False if the service could not do it now. */
    boolean succeeds() throws IOException;
  }

  /** One try; after a failed one the next goes to another node. */
  private void attempt(Attempt attempt) throws IOException {
    try {
      if (attempt.succeeds()) {
        return;
      }
    } catch (UnreachableException e) {
      // What was begun may have been done or not.
    } catch (IllegalArgumentException e) {
      // The recipient was looked up for so long that the unlock time went by: nothing was sent.
      assertThat(e).hasMessageContaining("not after createdAt");
    }
    node = (node + 1) % nodes.size();
  }

  private boolean sendTo(AccountName other) throws IOException {
    Draft draft = draft(other);
    Ledger.Entry entry = ledger.begin(draft.policy(), draft.unlockAt());
    byte[] content = entry.content().getBytes(StandardCharsets.UTF_8);
    Answer<Messages.Accepted> answer =
        new SendMessage(nodes.get(node), home)
            .send(
                new Draft(
                    draft.to(),
                    draft.type(),
                    Optional.of(entry.conversation()),
                    draft.unlockAt(),
                    draft.policy(),
                    draft.puzzleBy(),
                    draft.bits(),
                    draft.profile()),
                new ByteArrayInputStream(content),
                content.length);
    if (!isGranted(answer)) {
      return false;
    }
    ledger.acknowledged(entry.conversation(), Person.granted(answer));
    return true;
  }

  /** One in ten can only be solved, three can be read at once, the others in a few seconds. */
  private Draft draft(AccountName other) {
    int kind = random.nextInt(10);
    Instant unlockAt =
        Instant.now()
            .plusMillis(2000 + random.nextInt(LATEST_UNLOCK_MILLIS))
            .truncatedTo(ChronoUnit.MILLIS);
    Draft locked = Draft.text(other, unlockAt).with(SLOW);
    return switch (kind) {
      case 0 -> locked.with(Policy.PUZZLE_ONLY, PuzzleBy.SERVER);
      case 1, 2, 3 -> Draft.immediate(other);
      default -> locked;
    };
  }

  /** False if something was not answered once more. */
  private boolean retryUnanswered() throws IOException {
    List<Messages.Submission> waiting = home.pending();
    if (waiting.isEmpty()) {
      return true;
    }
    List<Answer<Messages.Accepted>> answers = new SendMessage(nodes.get(node), home).sendPending();
    boolean all = true;
    for (int i = 0; i < answers.size(); i++) {
      if (isGranted(answers.get(i))) {
        ledger.acknowledged(
            waiting.get(i).envelope().conversation(), Person.granted(answers.get(i)));
        sentTwice.add(waiting.get(i));
      } else {
        all = false;
      }
    }
    return all;
  }

  private boolean takeItems() throws IOException {
    Inbox inbox = new Inbox(nodes.get(node), home);
    Answer<List<Mailbox.Item>> answer = inbox.next(Duration.ZERO);
    if (!isGranted(answer)) {
      return false;
    }
    for (Mailbox.Item item : Person.granted(answer)) {
      // Acknowledged when it is dealt with: what cannot be read now comes again.
      if (!read(item)) {
        return false;
      }
      ledger.delivered(item);
      if (!isGranted(inbox.acknowledge(List.of(item)))) {
        return false;
      }
    }
    return true;
  }

  private boolean read(Mailbox.Item item) throws IOException {
    return switch (item.kind()) {
      case ARRIVED -> opens(item.message(), false);
      case RELEASED -> opens(item.message(), true);
      case COUNTERSIGNED, CHANGED -> true;
    };
  }

  /** Opens what can be opened; false if the service could not give it now. */
  private boolean opens(MessageId id, boolean released) throws IOException {
    ReadMessage reading = new ReadMessage(nodes.get(node), home);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReadOutcome outcome = reading.read(id, out);
    if (outcome instanceof ReadOutcome.NotYet(Messages.State state, Instant _)) {
      assertThat(released).as("%s: told to be released, and %s", id, state).isFalse();
      if (state == Messages.State.WAITING) {
        return true;
      }
      outcome = reading.solve(id, event -> {}, new StopSignal(), out);
    }
    return switch (outcome) {
      case ReadOutcome.Opened(Envelope envelope, boolean _, long _) -> {
        ledger.opened(envelope, out.toString(StandardCharsets.UTF_8), Instant.now());
        yield true;
      }
      case ReadOutcome.NotGiven(Problem problem) -> {
        requireNotTaken(problem);
        yield false;
      }
      case ReadOutcome.NotYet _, ReadOutcome.Interrupted _, ReadOutcome.Refused _ ->
          throw new AssertionError("%s: %s".formatted(id, outcome));
    };
  }

  private boolean isGranted(Answer<?> answer) {
    return switch (answer) {
      case Answer.Granted<?> _ -> true;
      case Answer.Refused<?>(Problem problem) -> {
        requireNotTaken(problem);
        yield false;
      }
    };
  }

  private void requireNotTaken(Problem problem) {
    assertThat(problem.code().filter(NOT_TAKEN::contains))
        .as("%s: %s", name(), problem)
        .isPresent();
  }

  @Override
  public void close() {
    nodes.forEach(ServerConnection::close);
  }
}
