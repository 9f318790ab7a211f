package org.tidelock.protocol.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.message.MessageEvent.Kind;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * All decisions of a sender about one message, oldest first. A log that exists is chained and in
 * order; {@link #fault} says whether it is the sender's.
 */
public record EventLog(List<MessageEvent> events) {

  /** How many events a message has at most. */
  public static final int MAX_EVENTS = 64;

  public EventLog {
    events = List.copyOf(events);
    if (events.isEmpty() || events.size() > MAX_EVENTS) {
      throw new IllegalArgumentException(
          "events has %d elements; 1 to %d allowed".formatted(events.size(), MAX_EVENTS));
    }
  }

  /** Why an event cannot follow, or that it can. */
  public enum Fault {
    NOT_THE_SENDERS("an event of the log is not signed by the sender"),
    BROKEN_CHAIN("an event of the log does not name the one before it"),
    OTHER_MESSAGE("an event of the log is of another message"),
    AFTER_THE_END("an event of the log follows one that ended the message"),
    NOT_LATER("a postponement does not move the release to a later time"),
    TIME_MOVED("an event moves the release although it is no postponement");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    /** What is wrong, in words. */
    public String text() {
      return text;
    }
  }

  /**
   * The first thing wrong with the log of this envelope, if any is.
   *
   * @param senderKeys the sender's signing key of each generation, where it is known
   */
  public Optional<Fault> fault(
      Envelope envelope, LongFunction<Optional<SigningPublicKey>> senderKeys) {
    MessageEvent first = events.getFirst();
    if (first.kind() != Kind.CREATED
        || !first.previous().equals(envelope.hash())
        || !first.releaseAt().equals(envelope.unlockAt())) {
      return Optional.of(Fault.BROKEN_CHAIN);
    }
    for (int i = 0; i < events.size(); i++) {
      MessageEvent event = events.get(i);
      if (!event.message().equals(envelope.message())) {
        return Optional.of(Fault.OTHER_MESSAGE);
      }
      if (i > 0) {
        Optional<Fault> fault = events.get(i - 1).faultOf(event);
        if (fault.isPresent()) {
          return fault;
        }
      }
      if (!senderKeys.apply(event.generation()).map(event::isSigned).orElse(false)) {
        return Optional.of(Fault.NOT_THE_SENDERS);
      }
    }
    return Optional.empty();
  }

  /** The newest event. */
  public MessageEvent head() {
    return events.getLast();
  }

  /** What a sealed row is bound to. */
  public Bytes headHash() {
    return head().hash();
  }

  /** The release time that holds now. */
  public Instant releaseAt() {
    return head().releaseAt();
  }

  /** Whether the sender took the message back. */
  public boolean cancelled() {
    return head().kind() == Kind.CANCELLED;
  }
}
