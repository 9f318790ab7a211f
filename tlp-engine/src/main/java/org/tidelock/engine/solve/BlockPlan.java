package org.tidelock.engine.solve;

import java.math.BigInteger;
import java.time.Duration;

/**
 * Sizes the blocks of a chain: L intervals of L squarings that together take about the checkpoint
 * interval, smaller ones at the start (to learn the speed) and at the end (so that the last
 * squaring is checked too).
 */
final class BlockPlan {

  /** Below this length Gerbicz' check proves little, as the group is small: compute twice. */
  static final int SMALL_MODULUS_BITS = 512;

  private static final long FIRST_INTERVAL = 64;
  private static final long SHORTEST_CHECKED = 64;

  /** One uninterruptible call to the kernel lasts at most this long. */
  private static final double CALL_NANOS = 20e6;

  private final boolean small;
  private final double blockNanos;
  private double nanosPerSquaring = Double.NaN;

  BlockPlan(BigInteger modulus, Duration checkpointInterval) {
    this.small = modulus.bitLength() < SMALL_MODULUS_BITS;
    this.blockNanos = checkpointInterval.toNanos();
  }

  /** Tells the plan how long the last block took. */
  void measured(long squarings, long nanos) {
    if (squarings > 0) {
      nanosPerSquaring = Math.max(0.1, (double) nanos / squarings);
    }
  }

  /** The next block, at most {@code remaining} squarings long. */
  Block next(long remaining) {
    if (small) {
      long squarings =
          Double.isNaN(nanosPerSquaring) ? 4096 : (long) (CALL_NANOS / nanosPerSquaring);
      return new Block.Twice(Math.clamp(squarings, 1, remaining));
    }
    if (remaining < SHORTEST_CHECKED) {
      return new Block.Twice(remaining);
    }
    long interval = Math.min(interval(), (long) Math.sqrt((double) remaining));
    return new Block.Checked(interval, Math.min(products(interval), remaining / interval));
  }

  private long interval() {
    if (Double.isNaN(nanosPerSquaring)) {
      return FIRST_INTERVAL;
    }
    double square = Math.sqrt(blockNanos / nanosPerSquaring);
    return (long)
        Math.clamp(square, FIRST_INTERVAL, Math.max(FIRST_INTERVAL, CALL_NANOS / nanosPerSquaring));
  }

  private long products(long interval) {
    if (Double.isNaN(nanosPerSquaring)) {
      return interval;
    }
    return Math.max(1, (long) (blockNanos / (nanosPerSquaring * interval)));
  }
}
