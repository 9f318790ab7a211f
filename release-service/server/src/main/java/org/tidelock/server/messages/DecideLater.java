package org.tidelock.server.messages;

import java.time.Instant;
import java.util.Optional;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.message.EventLog;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;
import org.tidelock.service.kek.Kek;

/**
 * Takes what a sender decides about a message that is under way: to postpone it, to cancel it, to
 * release it now. Each is a signed event behind those before, and what the row is sealed to.
 */
public final class DecideLater {

  private final MessageContext context;

  DecideLater(MessageContext context) {
    this.context = context;
  }

  /** {@code POST /v1/messages/:message/events}. */
  public Reply serve(Call call, MessageEvent event) {
    MessageId id = ShowMessage.id(call.path("message"));
    Instant now = context.now();
    requireTimes(event, now);
    return context
        .database()
        .inTransaction(
            transaction -> {
              StoredMessage stored = lockOwn(transaction, id, call.principal().accountId());
              EventLog log = new EventLog(context.messages().events(transaction, id));
              if (log.head().equals(event)) {
                return new Reply.Ok(changed(stored, stored.state(), stored.releaseAt()));
              }
              requireUnderWay(stored, event);
              requireFollows(transaction, stored, log, event);
              return take(transaction, stored, event, now);
            });
  }

  private void requireTimes(MessageEvent event, Instant now) {
    if (context.isStale(event.at(), now)) {
      throw new Refusal(
          ProblemCode.CLOCK_OUT_OF_RANGE,
          "the event's time is %s and the server's %s; they may differ by %d minutes"
              .formatted(event.at(), now, MessageLimits.CLOCK_TOLERANCE.toMinutes()));
    }
    if (event.releaseAt().isAfter(now.plus(MessageLimits.HORIZON))) {
      throw new Refusal(
          ProblemCode.UNLOCK_TIME_REFUSED,
          "releaseAt is %s; at most 100 years from now allowed".formatted(event.releaseAt()));
    }
  }

  private StoredMessage lockOwn(Transaction transaction, MessageId id, AccountId account) {
    return context
        .messages()
        .lock(transaction, id)
        .filter(message -> message.envelope().sender().equals(account))
        .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND));
  }

  private static void requireUnderWay(StoredMessage stored, MessageEvent event) {
    boolean allowed =
        switch (stored.state()) {
          case WAITING -> true;
          case PUZZLE_ONLY, DAMAGED -> event.kind() == MessageEvent.Kind.CANCELLED;
          case RELEASED, CANCELLED -> false;
        };
    if (!allowed) {
      throw new Refusal(
          ProblemCode.TOO_LATE,
          "the message is %s; what was handed out cannot be recalled"
              .formatted(stored.state().text()));
    }
  }

  private void requireFollows(
      Transaction transaction, StoredMessage stored, EventLog log, MessageEvent event) {
    if (!event.message().equals(stored.id())) {
      throw new Refusal(ProblemCode.ENVELOPE_REFUSED, EventLog.Fault.OTHER_MESSAGE.text());
    }
    if (log.events().size() == EventLog.MAX_EVENTS) {
      throw new Refusal(
          ProblemCode.QUOTA_FULL,
          "the message has %d events; no more are taken".formatted(EventLog.MAX_EVENTS));
    }
    Optional<EventLog.Fault> fault = log.head().faultOf(event);
    if (fault.isPresent()) {
      throw new Refusal(ProblemCode.ENVELOPE_REFUSED, fault.get().text());
    }
    KeyLogEntry keys = context.keys().newest(transaction, stored.envelope().sender()).orElseThrow();
    if (event.generation() != keys.generation()) {
      throw new Refusal(
          ProblemCode.KEYS_CHANGED,
          "the sender's keys are of generation %d; log in again".formatted(keys.generation()));
    }
    if (!context.cpu().runBriefly(() -> event.isSigned(keys.signingKey()))) {
      throw new Refusal(ProblemCode.ENVELOPE_REFUSED, EventLog.Fault.NOT_THE_SENDERS.text());
    }
  }

  private Reply take(
      Transaction transaction, StoredMessage stored, MessageEvent event, Instant now) {
    context.messages().append(transaction, event);
    Messages.State state = stored.state();
    switch (event.kind()) {
      case CREATED -> throw new IllegalStateException("follows nothing");
      case CANCELLED -> {
        context.messages().cancel(transaction, event, now);
        state = Messages.State.CANCELLED;
      }
      case POSTPONED, SENT_NOW -> move(transaction, stored, event);
    }
    context
        .mailboxes()
        .enqueue(
            transaction, stored.envelope().recipient(), Mailbox.Kind.CHANGED, stored.id(), now);
    return new Reply.Ok(changed(stored, state, event.releaseAt()));
  }

  private void move(Transaction transaction, StoredMessage stored, MessageEvent event) {
    long decisions =
        context.messages().moveSecret(transaction, event).orElseThrow(DecideLater::altered);
    SecretsAtRest.Binding after =
        new SecretsAtRest.Binding(stored.id(), event.releaseAt(), event.hash(), decisions);
    Kek kek = context.secrets().sealing(transaction);
    SecretsAtRest.SealedKey bound =
        stored
            .sealedKey()
            .flatMap(key -> context.secrets().sealAgain(key, stored.binding(), kek, after))
            .orElseThrow(DecideLater::altered);
    context.messages().move(transaction, event, decisions, bound);
  }

  private static Refusal altered() {
    return new Refusal(
        ProblemCode.INTERNAL,
        "what the server keeps of this message was altered; nothing was changed");
  }

  private static Messages.Changed changed(
      StoredMessage stored, Messages.State state, Instant releaseAt) {
    return new Messages.Changed(state, releaseAt, stored.puzzle().isPresent());
  }
}
