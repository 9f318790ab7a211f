package org.tidelock.protocol.message;

import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * One decision of the sender about a message, signed by the account's signing key. Each names the
 * hash of the one before, so that a server can neither drop nor reorder them unseen.
 *
 * @param sequence 0 for {@link Kind#CREATED}, then one more each time
 * @param generation of the signing key that signs
 * @param at when it was signed
 * @param releaseAt from when on the server may release the key, by the sender's word; unchanged
 *     when cancelled
 * @param previous the hash of the event before; of the envelope for the first
 * @param signature by the sender's signing key of that generation
 */
public record MessageEvent(
    MessageId message,
    long sequence,
    Kind kind,
    long generation,
    Instant at,
    Instant releaseAt,
    Bytes previous,
    Signature signature) {

  /** What a sender can decide. */
  public enum Kind {
    CREATED("created"),
    POSTPONED("postponed"),
    CANCELLED("cancelled"),
    SENT_NOW("sent-now");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** How it is written on the wire. */
    public String text() {
      return text;
    }
  }

  public MessageEvent {
    if (sequence < 0 || (sequence == 0) != (kind == Kind.CREATED)) {
      throw new IllegalArgumentException(
          "sequence is %d; 0 for created, and for nothing else".formatted(sequence));
    }
    if (generation < 1) {
      throw new IllegalArgumentException("generation is %d; at least 1".formatted(generation));
    }
    Envelope.requireLength("previous", previous, Sha256.BYTES);
  }

  /** The first event of a message. */
  public static MessageEvent created(Envelope envelope, SigningKey senderKey) {
    return signed(
        envelope.message(),
        0,
        Kind.CREATED,
        envelope.senderGeneration(),
        envelope.createdAt(),
        envelope.unlockAt(),
        envelope.hash(),
        senderKey);
  }

  /** The event after this one. */
  public MessageEvent next(
      Kind nextKind, long nextGeneration, Instant now, Instant nextReleaseAt, SigningKey key) {
    return signed(message, sequence + 1, nextKind, nextGeneration, now, nextReleaseAt, hash(), key);
  }

  /** What keeps {@code next} from following this event; its signature is not looked at. */
  public Optional<EventLog.Fault> faultOf(MessageEvent next) {
    if (next.sequence != sequence + 1 || !next.previous.equals(hash())) {
      return Optional.of(EventLog.Fault.BROKEN_CHAIN);
    }
    if (kind == Kind.CANCELLED || kind == Kind.SENT_NOW) {
      return Optional.of(EventLog.Fault.AFTER_THE_END);
    }
    boolean moved = !next.releaseAt.equals(releaseAt);
    return switch (next.kind) {
      case CREATED -> Optional.of(EventLog.Fault.BROKEN_CHAIN);
      case POSTPONED -> unless(next.releaseAt.isAfter(releaseAt), EventLog.Fault.NOT_LATER);
      case CANCELLED -> unless(!moved, EventLog.Fault.TIME_MOVED);
      case SENT_NOW -> unless(next.releaseAt.equals(next.at), EventLog.Fault.TIME_MOVED);
    };
  }

  /** Whether the sender signed it: the key must be that of {@code generation}. */
  public boolean isSigned(SigningPublicKey senderKey) {
    return senderKey.verifies(statement(), signature);
  }

  /** What stands for this event in the next one: over every field, the signature included. */
  public Bytes hash() {
    return Sha256.of(
        new Canonical("tidelock/v1/message-event-hash")
            .bytes(statement().encoded())
            .bytes(signature.value())
            .encoded());
  }

  /** What is signed. */
  public Canonical statement() {
    return statement(message, sequence, kind, generation, at, releaseAt, previous);
  }

  private static Optional<EventLog.Fault> unless(boolean holds, EventLog.Fault fault) {
    return holds ? Optional.empty() : Optional.of(fault);
  }

  private static MessageEvent signed(
      MessageId message,
      long sequence,
      Kind kind,
      long generation,
      Instant at,
      Instant releaseAt,
      Bytes previous,
      SigningKey key) {
    Signature signature =
        key.sign(statement(message, sequence, kind, generation, at, releaseAt, previous));
    return new MessageEvent(
        message, sequence, kind, generation, at, releaseAt, previous, signature);
  }

  private static Canonical statement(
      MessageId message,
      long sequence,
      Kind kind,
      long generation,
      Instant at,
      Instant releaseAt,
      Bytes previous) {
    return new Canonical("tidelock/v1/message-event")
        .bytes(message.value())
        .integer(sequence)
        .text(kind.text())
        .integer(generation)
        .integer(at.toEpochMilli())
        .integer(releaseAt.toEpochMilli())
        .bytes(previous);
  }
}
