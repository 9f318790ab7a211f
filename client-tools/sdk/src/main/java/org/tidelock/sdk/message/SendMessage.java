package org.tidelock.sdk.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPool;
import org.tidelock.engine.puzzle.PuzzleMaker;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessageKey;
import org.tidelock.protocol.message.MessagePayload;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.problem.Problem;
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

/**
 * Sends a message: seals the content and its key, signs the envelope, keeps all of it until the
 * server has taken it, checks what the server commits to, and confirms that.
 */
public final class SendMessage {

  private final ServerConnection connection;
  private final ClientHome home;
  private final OwnSession session;
  private final People people;
  private final SealedContent contents;
  private final ReceiptCheck receipts;

  public SendMessage(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
    this.session = new OwnSession(connection, home);
    this.people = new People(connection, home);
    this.contents = new SealedContent(session);
    this.receipts = new ReceiptCheck(connection.pin().info().signingKey());
  }

  /**
   * Sends.
   *
   * @param content read to its end, not closed
   * @param length how many bytes it holds
   * @return what the server signed; a copy is kept in the home
   * @throws LyingServerException if the server commits to something else than was asked
   * @throws IOException if the server cannot be reached: the message waits in the outbox
   */
  public Answer<Messages.Accepted> send(Draft draft, InputStream content, long length)
      throws IOException {
    Answer<Directory.Person> found = people.find(draft.to());
    if (!(found instanceof Answer.Granted<Directory.Person>(Directory.Person recipient))) {
      return new Answer.Refused<>(((Answer.Refused<Directory.Person>) found).problem());
    }
    Messages.Submission submission = seal(draft, recipient, content, length);
    home.keepPending(submission);
    return deliver(submission);
  }

  /**
   * Sends again what may not have arrived: the server answers as it did the first time, if it did.
   */
  public List<Answer<Messages.Accepted>> sendPending() throws IOException {
    List<Answer<Messages.Accepted>> answers = new java.util.ArrayList<>();
    for (Messages.Submission submission : home.pending()) {
      answers.add(deliver(submission));
    }
    return answers;
  }

  private Messages.Submission seal(
      Draft draft, Directory.Person recipient, InputStream content, long length)
      throws IOException {
    StoredIdentity identity = session.identity();
    MessageId id = MessageId.random();
    Path file = home.outbox(id);
    MessagePayload.Sealed sealed = SealedContent.seal(content, length, file);
    try (MessageKey key = sealed.key();
        SigningKey signing = identity.signingKey()) {
      Envelope open = envelope(draft, identity, recipient, id, sealed);
      Bytes encryptedKey = key.seal(recipient.entry().encryptionKey(), open);
      Envelope envelope = open.around(encryptedKey);
      return new Messages.Submission(
          envelope,
          envelope.sign(signing),
          MessageEvent.created(envelope, signing),
          SealedContent.inline(sealed, file),
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

  private Answer<Messages.Accepted> deliver(Messages.Submission submission) throws IOException {
    MessageId id = submission.envelope().message();
    if (submission.payload().isEmpty()) {
      Answer<Messages.UploadState> uploaded =
          contents.upload(submission.envelope(), home.outbox(id));
      if (uploaded instanceof Answer.Refused<Messages.UploadState>(Problem problem)) {
        home.forgetPending(id);
        return new Answer.Refused<>(problem);
      }
    }
    Answer<Messages.Accepted> answer =
        session.send(Request.post("/v1/messages", submission), Messages.Accepted.class);
    if (answer instanceof Answer.Granted<Messages.Accepted>(Messages.Accepted accepted)) {
      receipts.requireWhatWasAsked(submission, accepted, submission.envelope().createdAt());
      home.keepReceipt(accepted);
      countersign(submission, accepted);
    }
    home.forgetPending(id);
    return answer;
  }

  private void countersign(Messages.Submission submission, Messages.Accepted accepted)
      throws IOException {
    try (SigningKey signing = session.identity().signingKey()) {
      session.send(
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
