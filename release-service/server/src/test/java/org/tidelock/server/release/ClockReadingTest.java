package org.tidelock.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockReadingTest {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration UP = Duration.ofHours(1);

  @Test
  void aClockThatRanWithTheMachineIsRight() {
    assertThat(after("a boot", UP.plusHours(8), NOON.plus(Duration.ofHours(8)))).isEmpty();
    assertThat(after("a boot", UP.plusSeconds(1), NOON.plusSeconds(6))).isEmpty();
  }

  @Test
  void aClockThatWasSetIsNoticedInBothDirections() {
    assertThat(after("a boot", UP.plusSeconds(1), NOON.plusSeconds(7))).contains("of the machine");
    assertThat(after("a boot", UP.plusSeconds(60), NOON)).contains("of the machine");
  }

  @Test
  void afterARestartOnlyATimeBeforeIsSeen() {
    assertThat(after("another", Duration.ZERO, NOON.plus(Duration.ofDays(3)))).isEmpty();
    assertThat(after("another", Duration.ZERO, NOON.minusSeconds(4))).isEmpty();
    assertThat(after("another", Duration.ZERO, NOON.minusSeconds(6))).contains("after a restart");
  }

  private static String after(String bootId, Duration sinceBoot, Instant at) {
    return new ClockReading("node", bootId, sinceBoot, at)
        .faultAfter(new ClockReading("node", "a boot", UP, NOON))
        .orElse("");
  }
}
