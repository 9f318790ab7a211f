package org.tidelock.server.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a clock showed, and how long the machine had run then. Two of them tell whether somebody set
 * the clock in between.
 *
 * @param clock which clock, such as {@code node on HOST}
 */
record ClockReading(String clock, String bootId, Duration sinceBoot, Instant at) {

  /** A clock that is disciplined, not set, stays within this of the time that went by. */
  static final Duration TOLERANCE = Duration.ofSeconds(5);

  /** Ordinary clocks lose or win at most one part in 2000. */
  private static final int DRIFT = 2000;

  /** What is wrong with this reading after an earlier one of the same clock, if anything is. */
  Optional<String> faultAfter(ClockReading before) {
    if (!bootId.equals(before.bootId)) {
      return at.isBefore(before.at.minus(TOLERANCE))
          ? Optional.of(
              "%s shows %s after a restart, and showed %s before".formatted(clock, at, before.at))
          : Optional.empty();
    }
    Duration ran = sinceBoot.minus(before.sinceBoot);
    Duration showed = Duration.between(before.at, at);
    Duration step = showed.minus(ran);
    return step.abs().compareTo(TOLERANCE.plus(ran.abs().dividedBy(DRIFT))) > 0
        ? Optional.of(
            "%s went from %s to %s in %s of the machine's time"
                .formatted(clock, before.at, at, ran))
        : Optional.empty();
  }
}
