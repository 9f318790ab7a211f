package org.tidelock.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.tidelock.bench.report.Samples;

/**
 * Measures many lanes side by side: round after round, one short sample of each, forwards and
 * backwards in turn. Whatever slows the machine for a while then slows all of them, and each has
 * many chances to run undisturbed. Before each sample the lane runs untimed for a tenth of it, so
 * that caches and the clock have settled.
 */
public final class Interleaver {

  private static final int LEAD_IN = 10;

  private final Duration warmUp;
  private final Duration sample;
  private final LongSupplier nanoTime;

  /**
   * An interleaver.
   *
   * @param warmUp how long each lane runs before the first round
   * @param sample about how long one sample takes
   * @param nanoTime the clock
   */
  public Interleaver(Duration warmUp, Duration sample, LongSupplier nanoTime) {
    this.warmUp = warmUp;
    this.sample = sample;
    this.nanoTime = nanoTime;
  }

  /**
   * Nanoseconds for one operation of each lane.
   *
   * @param rounds samples of each lane, at least 1
   * @param progress told the number of each round when it is done
   */
  public List<Samples> measure(List<Lane> lanes, int rounds, IntConsumer progress) {
    List<Sampler> samplers = new ArrayList<>();
    for (Lane lane : lanes) {
      samplers.add(new Sampler(lane, countFor(lane), new double[rounds]));
    }
    for (int round = 0; round < rounds; round++) {
      for (Sampler sampler : round % 2 == 0 ? samplers : samplers.reversed()) {
        sampler.take(round);
      }
      progress.accept(round + 1);
    }
    return samplers.stream().map(sampler -> Samples.of(sampler.nanos)).toList();
  }

  /** Warms a lane up; how many operations fill a sample at the fastest speed seen. */
  private long countFor(Lane lane) {
    long count = lane.step();
    double fastest = Double.MAX_VALUE;
    long begin = nanoTime.getAsLong();
    long now = begin;
    while (now - begin < warmUp.toNanos()) {
      lane.work().accept(count);
      long after = nanoTime.getAsLong();
      long took = Math.max(1, after - now);
      fastest = Math.min(fastest, (double) took / count);
      if (took < sample.toNanos() / 2) {
        count *= 2;
      }
      now = after;
    }
    return rounded(sample.toNanos() / fastest, lane.step());
  }

  private static long rounded(double count, long step) {
    return Math.max(1, Math.round(count / step)) * step;
  }

  /** One lane with the samples taken so far. */
  private final class Sampler {

    private final Lane lane;
    private final long count;
    private final long leadIn;
    private final double[] nanos;

    Sampler(Lane lane, long count, double[] nanos) {
      this.lane = lane;
      this.count = count;
      this.leadIn = rounded((double) count / LEAD_IN, lane.step());
      this.nanos = nanos;
    }

    void take(int round) {
      lane.work().accept(leadIn);
      long before = nanoTime.getAsLong();
      lane.work().accept(count);
      nanos[round] = (double) (nanoTime.getAsLong() - before) / count;
    }
  }
}
