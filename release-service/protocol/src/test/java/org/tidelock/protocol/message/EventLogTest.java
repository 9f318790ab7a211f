package org.tidelock.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.message.EventLog.Fault;
import org.tidelock.protocol.message.MessageEvent.Kind;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;

class EventLogTest {

  private static final Instant NOW = SampleMessage.NOW.plusSeconds(60);

  private final SampleMessage message = new SampleMessage(Suite.X25519);
  private final MessageEvent created = MessageEvent.created(message.envelope, message.sender);
  private final Instant unlockAt = message.envelope.unlockAt();

  @Test
  void followsTheSendersDecisions() {
    MessageEvent postponed = next(created, Kind.POSTPONED, unlockAt.plusSeconds(1));
    MessageEvent sentNow = next(postponed, Kind.SENT_NOW, NOW);
    EventLog log = new EventLog(List.of(created, postponed, sentNow));

    assertThat(fault(log)).isEmpty();
    assertThat(log.releaseAt()).isEqualTo(NOW);
    assertThat(log.cancelled()).isFalse();
    assertThat(new EventLog(List.of(created, next(created, Kind.CANCELLED, unlockAt))).cancelled())
        .isTrue();
  }

  @Test
  void noEventIsLeftOutOrMoved() {
    MessageEvent first = next(created, Kind.POSTPONED, unlockAt.plusSeconds(1));
    MessageEvent second = next(first, Kind.POSTPONED, unlockAt.plusSeconds(2));

    assertFault(Fault.BROKEN_CHAIN, created, second);
    assertFault(Fault.BROKEN_CHAIN, created, second, first);
    assertFault(Fault.BROKEN_CHAIN, first, second);
  }

  @Test
  void nothingFollowsTheEnd() {
    MessageEvent cancelled = next(created, Kind.CANCELLED, unlockAt);

    assertFault(Fault.AFTER_THE_END, created, cancelled, next(cancelled, Kind.POSTPONED, unlockAt));
  }

  @Test
  void aPostponementIsLaterAndACancellationMovesNothing() {
    assertFault(Fault.NOT_LATER, created, next(created, Kind.POSTPONED, unlockAt));
    assertFault(
        Fault.TIME_MOVED,
        created,
        next(created, Kind.CANCELLED, unlockAt.minus(Duration.ofDays(1))));
    assertFault(Fault.TIME_MOVED, created, next(created, Kind.SENT_NOW, NOW.minusSeconds(1)));
  }

  @Test
  void onlyTheSenderDecides() {
    MessageEvent forged =
        created.next(Kind.POSTPONED, 1, NOW, unlockAt.plusSeconds(1), SigningKey.generate());

    assertFault(Fault.NOT_THE_SENDERS, created, forged);
    assertThat(new EventLog(List.of(created)).fault(message.envelope, g -> Optional.empty()))
        .contains(Fault.NOT_THE_SENDERS);
  }

  @Test
  void theFirstEventIsOfThisEnvelope() {
    SampleMessage other = new SampleMessage(Suite.X25519);

    assertFault(Fault.BROKEN_CHAIN, MessageEvent.created(other.envelope, message.sender));
    assertThatThrownBy(() -> new EventLog(List.of())).hasMessageContaining("1 to 64 allowed");
  }

  private MessageEvent next(MessageEvent before, Kind kind, Instant releaseAt) {
    return before.next(kind, 1, NOW, releaseAt, message.sender);
  }

  private void assertFault(Fault fault, MessageEvent... events) {
    assertThat(fault(new EventLog(List.of(events)))).contains(fault);
  }

  private Optional<Fault> fault(EventLog log) {
    return log.fault(message.envelope, generation -> Optional.of(message.sender.publicKey()));
  }
}
