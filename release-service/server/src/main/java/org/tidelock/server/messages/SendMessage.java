package org.tidelock.server.messages;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.EventLog;
import org.tidelock.protocol.message.MessageReceipt;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Principal;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;
import org.tidelock.service.kek.KekId;

/**
 * Takes a message: checks what its sender signed, locks its key, and answers with the receipt once
 * all of it is durable. A retry is answered as the first time, whenever it comes.
 */
public final class SendMessage {

  private final MessageContext context;
  private final KeyLock lock;

  SendMessage(MessageContext context) {
    this.context = context;
    this.lock = new KeyLock(context.puzzles());
  }

  /** {@code POST /v1/messages}. */
  public Reply serve(Call call, Messages.Submission submission) {
    requireOwn(call.principal(), submission.envelope());
    Known known = known(submission.envelope());
    if (known.before().isPresent()) {
      return new Reply.Created(sameMessage(known.before().get(), submission.envelope()));
    }
    Instant now = context.now();
    requireTimes(submission.envelope(), now);
    requirePayload(submission);
    requireSigned(submission, known.newestKeys());
    KeyLock.Locked locked = context.cpu().run(() -> lock.lock(submission, now));
    try (locked) {
      MessageReceipt receipt = context.cpu().runBriefly(() -> receipt(submission, locked, now));
      return context
          .database()
          .inTransaction(transaction -> store(transaction, submission, locked, receipt));
    } catch (TakenMeanwhile e) {
      StoredMessage first = known(submission.envelope()).before().orElseThrow();
      return new Reply.Created(sameMessage(first, submission.envelope()));
    }
  }

  /** The same message was stored by another request since it was looked for. */
  private static final class TakenMeanwhile extends RuntimeException {
    private static final long serialVersionUID = 1;

    TakenMeanwhile() {
      super("stored meanwhile", null, false, false);
    }
  }

  /** What the database knows of a message before it is taken. */
  private record Known(Optional<StoredMessage> before, Map<AccountId, KeyLogEntry> newestKeys) {}

  private Known known(Envelope envelope) {
    return context
        .database()
        .apart(
            transaction -> {
              Supplier<Optional<StoredMessage>> before =
                  context.messages().findLater(transaction, envelope.message());
              Supplier<Map<AccountId, KeyLogEntry>> newestKeys =
                  context
                      .keys()
                      .newestLater(transaction, List.of(envelope.sender(), envelope.recipient()));
              return new Known(before.get(), newestKeys.get());
            });
  }

  private void requireOwn(Principal principal, Envelope envelope) {
    if (!envelope.server().equals(context.server().id())
        || !envelope.sender().equals(principal.accountId())
        || !envelope.device().equals(principal.deviceId())) {
      throw new Refusal(
          ProblemCode.ENVELOPE_REFUSED,
          "the envelope names another server, sender or device than this request");
    }
  }

  private static Messages.Accepted sameMessage(StoredMessage stored, Envelope envelope) {
    if (!stored.envelope().equals(envelope)) {
      throw new Refusal(ProblemCode.MESSAGE_EXISTS);
    }
    return stored.accepted();
  }

  private void requireTimes(Envelope envelope, Instant now) {
    if (context.isStale(envelope.createdAt(), now)) {
      throw new Refusal(
          ProblemCode.CLOCK_OUT_OF_RANGE,
          "createdAt is %s and the server's time %s; they may differ by %d minutes"
              .formatted(envelope.createdAt(), now, MessageLimits.CLOCK_TOLERANCE.toMinutes()));
    }
    if (envelope.policy() == Policy.IMMEDIATE) {
      return;
    }
    if (!envelope.unlockAt().isAfter(now)) {
      throw new Refusal(
          ProblemCode.UNLOCK_TIME_REFUSED,
          "unlockAt is %s, and the server's time %s; a later time is required, or an immediate"
                  .formatted(envelope.unlockAt(), now)
              + " message");
    }
    if (envelope.unlockAt().isAfter(now.plus(MessageLimits.HORIZON))) {
      throw new Refusal(
          ProblemCode.UNLOCK_TIME_REFUSED,
          "unlockAt is %s; at most 100 years from now, %s, allowed"
              .formatted(envelope.unlockAt(), now.plus(MessageLimits.HORIZON)));
    }
    if (Profile.named(envelope.profile()).isEmpty()) {
      throw new Refusal(
          ProblemCode.INVALID_FIELD,
          "profile is not known here; fastest-cpu/1, fpga/1, slow-laptop/1 or picos/N required");
    }
  }

  private void requirePayload(Messages.Submission submission) {
    Envelope envelope = submission.envelope();
    if (envelope.payloadBytes() > context.limits().payloadBytes()) {
      throw new Refusal(
          ProblemCode.TOO_LARGE,
          "the content has %d bytes; at most %d allowed"
              .formatted(envelope.payloadBytes(), context.limits().payloadBytes()));
    }
    for (Bytes payload : submission.payload()) {
      if (payload.length() != envelope.payloadBytes()
          || !Sha256.of(payload).equals(envelope.payloadHash())) {
        throw new Refusal(
            ProblemCode.ENVELOPE_REFUSED, "the content is not the one that the envelope names");
      }
    }
  }

  private void requireSigned(
      Messages.Submission submission, Map<AccountId, KeyLogEntry> newestKeys) {
    Envelope envelope = submission.envelope();
    KeyLogEntry sender = sendersKeys(envelope, newestKeys);
    boolean signed =
        context
            .cpu()
            .runBriefly(
                () ->
                    envelope.isSigned(sender.signingKey(), submission.signature())
                        && isFirstEvent(submission, sender.signingKey()));
    if (!signed) {
      throw new Refusal(ProblemCode.ENVELOPE_REFUSED, "the envelope, or its event, is not signed");
    }
  }

  private static KeyLogEntry sendersKeys(Envelope envelope, Map<AccountId, KeyLogEntry> newest) {
    KeyLogEntry sender = newest.get(envelope.sender());
    KeyLogEntry recipient = newest.get(envelope.recipient());
    if (recipient == null) {
      throw new Refusal(ProblemCode.RECIPIENT_UNKNOWN);
    }
    if (sender == null || sender.generation() != envelope.senderGeneration()) {
      throw new Refusal(ProblemCode.KEYS_CHANGED, "the sender has other keys by now; log in again");
    }
    if (recipient.generation() != envelope.recipientGeneration()
        || recipient.suite() != envelope.suite()) {
      throw new Refusal(
          ProblemCode.KEYS_CHANGED,
          "the recipient's keys are of generation %d; look them up again"
              .formatted(recipient.generation()));
    }
    return sender;
  }

  private static boolean isFirstEvent(Messages.Submission submission, SigningPublicKey sender) {
    return new EventLog(List.of(submission.created()))
        .fault(
            submission.envelope(),
            generation ->
                generation == submission.envelope().senderGeneration()
                    ? Optional.of(sender)
                    : Optional.empty())
        .isEmpty();
  }

  private MessageReceipt receipt(
      Messages.Submission submission, KeyLock.Locked locked, Instant now) {
    return MessageReceipt.sign(
        context.server().key(),
        submission.envelope(),
        locked.puzzle().orElse(Bytes.of(new byte[0])),
        locked.doubleEncrypted(),
        locked.commitment(),
        now);
  }

  private Reply store(
      Transaction transaction,
      Messages.Submission submission,
      KeyLock.Locked locked,
      MessageReceipt receipt) {
    Envelope envelope = submission.envelope();
    MessageStore.Circumstances found =
        context.messages().circumstances(transaction, envelope.sender(), envelope.recipient());
    if (found.blocked()) {
      // What was uploaded for it is of no use to anybody.
      context.uploads().discard(transaction, envelope.sender(), envelope.payloadHash());
      return new Reply.Refused(ProblemCode.SENDER_BLOCKED);
    }
    requireRoom(found.usage(), envelope);
    SecretsAtRest.Binding binding =
        new SecretsAtRest.Binding(
            envelope.message(), envelope.unlockAt(), submission.created().hash(), 0);
    Optional<SecretsAtRest.Row> sealed = seal(found.kek(), envelope, locked, binding);
    StoredMessage message =
        new StoredMessage(
            envelope,
            submission.signature(),
            receipt,
            Optional.empty(),
            locked.puzzle(),
            locked.doubleEncrypted(),
            state(envelope.policy()),
            envelope.unlockAt(),
            submission.created().hash(),
            0,
            sealed.map(SecretsAtRest.Row::sealedKey),
            openingAtOnce(envelope, locked, receipt.acceptedAt()));
    BooleanSupplier inserted =
        context.messages().insertLater(transaction, message, MessageStore.expiryOf(message));
    context.messages().append(transaction, submission.created());
    sealed.ifPresent(
        row ->
            context
                .messages()
                .keepSecret(transaction, envelope.message(), envelope.unlockAt(), row.sealed()));
    for (Bytes payload : submission.payload()) {
      context
          .uploads()
          .keepInline(
              transaction, envelope.sender(), envelope.message(), payload, envelope.payloadHash());
    }
    context
        .mailboxes()
        .enqueue(
            transaction,
            envelope.recipient(),
            Mailbox.Kind.ARRIVED,
            envelope.message(),
            receipt.acceptedAt());
    if (!inserted.getAsBoolean()) {
      throw new TakenMeanwhile();
    }
    if (submission.payload().isEmpty()) {
      takeUpload(transaction, envelope);
    }
    return new Reply.Created(message.accepted());
  }

  private void requireRoom(MessageStore.Usage usage, Envelope envelope) {
    long messagesAllowed = usage.messagesAllowed(context.limits());
    if (usage.messages() >= messagesAllowed) {
      throw new Refusal(
          ProblemCode.QUOTA_FULL,
          "%d messages are kept for this account; at most %d allowed, delete some"
              .formatted(usage.messages(), messagesAllowed));
    }
    long bytesAllowed = usage.bytesAllowed(context.limits());
    if (usage.bytes() + envelope.payloadBytes() > bytesAllowed) {
      throw new Refusal(
          ProblemCode.QUOTA_FULL,
          "%d bytes are kept for this account, and %d would come; at most %d allowed"
              .formatted(usage.bytes(), envelope.payloadBytes(), bytesAllowed));
    }
  }

  /** Only what is to be released is kept, and only sealed. */
  private Optional<SecretsAtRest.Row> seal(
      KekId kek, Envelope envelope, KeyLock.Locked locked, SecretsAtRest.Binding binding) {
    return envelope.policy() == Policy.AT_UNLOCK
        ? locked
            .challengeKey()
            .map(
                key ->
                    context
                        .secrets()
                        .seal(
                            context.secrets().withId(kek),
                            binding,
                            key,
                            locked.encryptedKey().orElseThrow()))
        : Optional.empty();
  }

  private static Messages.State state(Policy policy) {
    return switch (policy) {
      case AT_UNLOCK -> Messages.State.WAITING;
      case PUZZLE_ONLY -> Messages.State.PUZZLE_ONLY;
      case IMMEDIATE -> Messages.State.RELEASED;
    };
  }

  private static Optional<Messages.Opening> openingAtOnce(
      Envelope envelope, KeyLock.Locked locked, Instant now) {
    return envelope.puzzleBy() == PuzzleBy.NOBODY
        ? locked
            .challengeKey()
            .map(
                key ->
                    new Messages.Opening(
                        Bytes.of(key.revealCopy()), locked.encryptedKey().orElseThrow(), now))
        : Optional.empty();
  }

  private void takeUpload(Transaction transaction, Envelope envelope) {
    if (!context
        .uploads()
        .take(
            transaction,
            envelope.sender(),
            envelope.message(),
            envelope.payloadBytes(),
            envelope.payloadHash())) {
      throw new Refusal(
          ProblemCode.UPLOAD_INCOMPLETE,
          "no whole upload of %d bytes has the hash that the envelope names"
              .formatted(envelope.payloadBytes()));
    }
  }
}
