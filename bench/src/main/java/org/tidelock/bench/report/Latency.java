package org.tidelock.bench.report;

import java.time.Duration;
import java.util.List;

/**
 * How long something took, many times. A percentile is the smallest time that at least as many
 * percent of all did not exceed (the nearest-rank method): one that was measured, never one in
 * between.
 *
 * @param count how often it was measured, at least once
 */
public record Latency(int count, double medianMillis, double p99Millis, double maxMillis) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** The summary of {@code times}, which may stand in any order. */
  public static Latency of(List<Duration> times) {
    if (times.isEmpty()) {
      throw new IllegalArgumentException("no times given; at least one required");
    }
    double[] sorted =
        times.stream().mapToDouble(time -> time.toNanos() / NANOS_PER_MILLI).sorted().toArray();
    return new Latency(
        sorted.length, ranked(sorted, 50), ranked(sorted, 99), sorted[sorted.length - 1]);
  }

  private static double ranked(double[] sorted, int percent) {
    return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
  }
}
