package org.tidelock.engine.solve;

import java.time.Duration;

/**
 * How far a chain has come.
 *
 * @param position squarings done, of which those since {@code verifiedPosition} are not yet checked
 * @param verifiedPosition squarings done and checked
 * @param squarings T, all there are to do
 * @param squaringsPerSecond wall-clock rate of this run over about the last half minute, checks
 *     included; 0 before the first measurement
 * @param elapsed wall time of this run
 * @param errorsCaught errors caught and rolled back since the puzzle was begun, earlier runs
 *     included
 * @param kernel the name of the kernel at work
 */
public record SolveProgress(
    long position,
    long verifiedPosition,
    long squarings,
    double squaringsPerSecond,
    Duration elapsed,
    int errorsCaught,
    String kernel) {

  /** The part done, from 0 to 1. */
  public double fraction() {
    return (double) position / squarings;
  }

  /** The time left at the present rate; zero while no rate is known. */
  public Duration remaining() {
    if (squaringsPerSecond <= 0) {
      return Duration.ZERO;
    }
    double seconds = (squarings - position) / squaringsPerSecond;
    return seconds >= Long.MAX_VALUE / 2.0
        ? Duration.ofSeconds(Long.MAX_VALUE / 2)
        : Duration.ofMillis((long) Math.min(seconds * 1000, Long.MAX_VALUE / 2.0));
  }
}
