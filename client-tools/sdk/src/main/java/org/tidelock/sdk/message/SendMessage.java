package org.tidelock.sdk.message;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPool;
import org.tidelock.engine.puzzle.PuzzleMaker;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessageKey;
import org.tidelock.protocol.message.MessagePayload;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.account.People;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.home.StoredPeople;

/**
 * Sends a message: seals the content and its key, signs the envelope, keeps all of it until the
 * server has taken it, checks what the server commits to, and confirms that.
 */
public final class SendMessage {

  /** A server that says this may still take the message, or has taken it. */
  private static final Set<ProblemCode> NOT_FINAL =
      Set.of(
          ProblemCode.INTERNAL,
          ProblemCode.OVERLOADED,
          ProblemCode.TOO_MANY_REQUESTS,
          ProblemCode.REPLAYED,
          ProblemCode.TOKEN_MISSING,
          ProblemCode.TOKEN_INVALID);

  /** Why a message that waited has to be addressed anew. */
  private static final Set<ProblemCode> OUTDATED =
      Set.of(ProblemCode.CLOCK_OUT_OF_RANGE, ProblemCode.KEYS_CHANGED);

  /** Why a message that waited may be refused today and taken tomorrow. */
  private static final Set<ProblemCode> PASSING =
      Set.of(
          ProblemCode.CLOCK_OUT_OF_RANGE,
          ProblemCode.KEYS_CHANGED,
          ProblemCode.TOKEN_NOT_ENOUGH,
          ProblemCode.TOKENS_UNCHECKED,
          ProblemCode.QUOTA_FULL);

  private final ServerConnection connection;
  private final ClientHome home;
  private final OwnSession session;
  private final Recipients recipients;
  private final SealedContent contents;
  private final ReceiptCheck receipts;

  public SendMessage(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
    this.session = new OwnSession(connection, home);
    this.recipients = new Recipients(new People(connection, home), connection.clock());
    this.contents = new SealedContent(session);
    this.receipts = new ReceiptCheck(connection.pin().info().signingKey());
  }

  /**
   * Sends.
   *
   * @param content read to its end, not closed
   * @param length how many bytes it holds
   * @return what the server signed; a copy is kept in the home. After a refusal that need not last,
   *     such as {@link ProblemCode#OVERLOADED}, the message waits in the outbox
   * @throws LyingServerException if the server commits to something else than was asked
   * @throws IOException if the server cannot be reached: the message waits in the outbox
   */
  public Answer<Messages.Accepted> send(Draft draft, InputStream content, long length)
      throws IOException {
    Optional<Directory.Person> recent = recipients.recent(draft.to());
    if (recent.isPresent()) {
      // If the keys were renewed in this moment, the message is addressed anew.
      return send(draft, recent.get(), content, length, Set.of(ProblemCode.KEYS_CHANGED));
    }
    Answer<Directory.Person> found = recipients.find(draft.to());
    return found instanceof Answer.Granted<Directory.Person>(Directory.Person recipient)
        ? send(draft, recipient, content, length, Set.of())
        : new Answer.Refused<>(((Answer.Refused<Directory.Person>) found).problem());
  }

  private Answer<Messages.Accepted> send(
      Draft draft,
      Directory.Person recipient,
      InputStream content,
      long length,
      Set<ProblemCode> outdated)
      throws IOException {
    MessageId id = MessageId.random();
    MessagePayload.Sealed sealed = SealedContent.seal(content, length, home.outbox(id));
    try (MessageKey key = sealed.key()) {
      Messages.Submission submission = address(draft, recipient, id, sealed);
      home.keepPending(submission, key);
      Sent sent = submit(submission, outdated);
      return finish(sent.submission(), sent.answer());
    }
  }

  /**
   * Sends again what may not have arrived, in the order of {@link ClientHome#pending}: the server
   * answers as it did the first time, if it did. What waited too long for its date, or for the keys
   * it was sealed to, is addressed anew; what is refused for a reason that may pass stays.
   */
  public List<Answer<Messages.Accepted>> sendPending() throws IOException {
    List<Answer<Messages.Accepted>> answers = new ArrayList<>();
    for (Messages.Submission submission : home.pending()) {
      answers.add(sendAgain(submission));
    }
    return answers;
  }

  private Answer<Messages.Accepted> sendAgain(Messages.Submission submission) throws IOException {
    Sent sent = submit(submission, OUTDATED);
    return isRefused(sent.answer(), PASSING)
        ? sent.answer()
        : finish(sent.submission(), sent.answer());
  }

  /** A submission, and what the server answered to it. */
  private record Sent(Messages.Submission submission, Answer<Messages.Accepted> answer) {}

  /** Submits, and if that is refused as {@code outdated}, submits what is addressed anew. */
  private Sent submit(Messages.Submission submission, Set<ProblemCode> outdated)
      throws IOException {
    Answer<Messages.Accepted> answer = submit(submission);
    if (isRefused(answer, outdated)) {
      // The server looks for what it took before it looks at dates: this was never taken.
      Optional<Messages.Submission> anew = addressAnew(submission);
      if (anew.isPresent()) {
        return new Sent(anew.get(), submit(anew.get()));
      }
    }
    return new Sent(submission, answer);
  }

  private static boolean isRefused(Answer<?> answer, Set<ProblemCode> codes) {
    return answer instanceof Answer.Refused<?>(Problem problem)
        && problem.code().filter(codes::contains).isPresent();
  }

  /** The same content to the same person, dated now and sealed to the newest keys. */
  private Optional<Messages.Submission> addressAnew(Messages.Submission before) throws IOException {
    Envelope envelope = before.envelope();
    Optional<AccountName> to =
        home.people().people().stream()
            .filter(person -> person.entry().account().equals(envelope.recipient()))
            .map(StoredPeople.Person::name)
            .findFirst();
    Optional<MessageKey> kept = home.pendingKey(envelope.message());
    if (to.isEmpty()
        || kept.isEmpty()
        || !(recipients.find(to.get())
            instanceof Answer.Granted<Directory.Person>(Directory.Person recipient))) {
      kept.ifPresent(MessageKey::close);
      return Optional.empty();
    }
    try (MessageKey key = kept.get()) {
      MessagePayload.Sealed sealed =
          new MessagePayload.Sealed(key, envelope.payloadBytes(), envelope.payloadHash());
      Messages.Submission anew =
          address(draft(to.get(), envelope), recipient, envelope.message(), sealed);
      home.keepPending(anew, key);
      return Optional.of(anew);
    }
  }

  private static Draft draft(AccountName to, Envelope envelope) {
    return new Draft(
        to,
        envelope.type(),
        Optional.of(envelope.conversation()),
        envelope.unlockAt(),
        envelope.policy(),
        envelope.puzzleBy(),
        envelope.bits(),
        Profile.named(envelope.profile()).orElse(Profile.FASTEST_CPU));
  }

  private Messages.Submission address(
      Draft draft, Directory.Person recipient, MessageId id, MessagePayload.Sealed sealed)
      throws IOException {
    StoredIdentity identity = session.identity();
    try (SigningKey signing = identity.signingKey()) {
      Envelope open = envelope(draft, identity, recipient, id, sealed);
      Bytes encryptedKey = sealed.key().seal(recipient.entry().encryptionKey(), open);
      Envelope envelope = open.around(encryptedKey);
      return new Messages.Submission(
          envelope,
          envelope.sign(signing),
          MessageEvent.created(envelope, signing),
          SealedContent.inline(sealed, home.outbox(id)),
          isKept(draft) ? List.of(encryptedKey) : List.of(),
          draft.puzzleBy() == PuzzleBy.SENDER
              ? List.of(puzzle(draft, envelope, encryptedKey))
              : List.of());
    }
  }

  /** Whether the server gets the sealed message key. */
  private static boolean isKept(Draft draft) {
    return draft.puzzleBy() != PuzzleBy.SENDER || draft.policy() == Policy.AT_UNLOCK;
  }

  private Envelope envelope(
      Draft draft,
      StoredIdentity identity,
      Directory.Person recipient,
      MessageId id,
      MessagePayload.Sealed sealed) {
    Instant now = now();
    boolean immediate = draft.policy() == Policy.IMMEDIATE;
    return new Envelope(
        recipient.entry().suite(),
        connection.server(),
        id,
        identity.entry().account(),
        identity.entry().generation(),
        identity.device(),
        recipient.account(),
        recipient.entry().generation(),
        draft.type(),
        draft.conversation().orElse(id.value()),
        now,
        immediate ? now : draft.unlockAt(),
        draft.policy(),
        immediate ? PuzzleBy.NOBODY : draft.puzzleBy(),
        immediate ? 0 : draft.bits(),
        immediate ? Envelope.NO_PROFILE : draft.profile().name(),
        sealed.bytes(),
        sealed.hash(),
        sealed.key().commitment(id),
        Envelope.NOT_SEALED);
  }

  private Messages.SenderPuzzle puzzle(Draft draft, Envelope envelope, Bytes encryptedKey) {
    Profile profile = draft.profile();
    long squarings =
        profile.squaringsFor(
            Duration.between(envelope.createdAt(), envelope.unlockAt()), draft.bits());
    try (ChallengeKey key = ChallengeKey.generate();
        ModulusPool pool = ModulusPool.onDemand(draft.bits());
        PuzzleMaker maker = PuzzleMaker.onePuzzleEach(pool)) {
      byte[] payload = key.revealCopy();
      try {
        return new Messages.SenderPuzzle(
            maker.make(squarings, ChallengeKey.PUZZLE_PURPOSE, envelope.hash(), payload).encoded(),
            key.doubleEncrypt(envelope, encryptedKey),
            key.commitment(envelope.message()),
            draft.policy() == Policy.AT_UNLOCK ? List.of(Bytes.of(payload)) : List.of());
      } finally {
        Arrays.fill(payload, (byte) 0);
      }
    }
  }

  private Answer<Messages.Accepted> submit(Messages.Submission submission) throws IOException {
    return uploaded(submission)
        .then(
            done ->
                session.send(Request.post("/v1/messages", submission), Messages.Accepted.class));
  }

  /** Checks and confirms what the server took; the message waits on if the answer is not final. */
  private Answer<Messages.Accepted> finish(
      Messages.Submission submission, Answer<Messages.Accepted> answer) throws IOException {
    boolean settled = !isRefused(answer, NOT_FINAL);
    if (answer instanceof Answer.Granted<Messages.Accepted>(Messages.Accepted accepted)) {
      receipts.requireWhatWasAsked(submission, accepted, submission.envelope().createdAt());
      home.keepReceipt(accepted);
      settled = !isRefused(countersign(submission, accepted), NOT_FINAL);
    }
    if (settled) {
      home.forgetPending(submission.envelope().message());
    }
    return answer;
  }

  /** A long content goes ahead of its message. */
  private Answer<Done> uploaded(Messages.Submission submission) throws IOException {
    Envelope envelope = submission.envelope();
    return submission.payload().isEmpty()
        ? contents.upload(envelope, home.outbox(envelope.message())).map(state -> Done.DONE)
        : new Answer.Granted<>(Done.DONE);
  }

  private Answer<Done> countersign(Messages.Submission submission, Messages.Accepted accepted)
      throws IOException {
    try (SigningKey signing = session.identity().signingKey()) {
      return session.send(
          Request.post(
              "/v1/messages/%s/countersignature".formatted(submission.envelope().message()),
              new Messages.Countersigned(accepted.receipt().countersign(signing))),
          Done.class);
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(connection.clock().millis());
  }
}
