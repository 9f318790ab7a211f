package org.tidelock.engine.kernel.select;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;
import org.tidelock.engine.kernel.SquaringKernel;

/**
 * How long one sequential squaring takes in a kernel, in nanoseconds of wall time on the calling
 * thread.
 *
 * @param minNanos the fastest sample: what the hardware does when nothing disturbs it
 * @param medianNanos the middle sample: what a long run should expect
 * @param spread (upper quartile - lower quartile) / median, a fraction
 */
public record KernelTiming(double minNanos, double medianNanos, double spread) {

  /** The spread beyond which other work, or a changing clock, has disturbed the measurement. */
  public static final double NOISY_SPREAD = 0.15;

  private static final long SAMPLE_NANOS = 2_000_000;

  /** Squarings a second at the median. */
  public double squaringsPerSecond() {
    return 1e9 / medianNanos;
  }

  /** Whether the samples differ too much to be told on. */
  public boolean noisy() {
    return spread > NOISY_SPREAD;
  }

  /** Like {@link #measure}, but once more where that was noisy; the steadier of both counts. */
  public static KernelTiming measureSteadily(
      SquaringKernel kernel, int modulusBits, Duration budget) {
    return steadier(() -> measure(kernel, modulusBits, budget));
  }

  static KernelTiming steadier(Supplier<KernelTiming> measurement) {
    KernelTiming first = measurement.get();
    if (!first.noisy()) {
      return first;
    }
    KernelTiming second = measurement.get();
    return second.spread() < first.spread() ? second : first;
  }

  /**
   * Measures a kernel that supports {@code modulusBits}, on a fixed odd modulus of that length.
   *
   * <p>Runs until both the warm-up (half the budget) and the samples (the other half, 2 ms each)
   * are done; at least five samples are taken whatever the budget.
   */
  public static KernelTiming measure(SquaringKernel kernel, int modulusBits, Duration budget) {
    BigInteger modulus = sampleModulus(modulusBits);
    try (KernelSession session = kernel.open(modulus)) {
      KernelState state = session.newState(BigInteger.TWO);
      long half = budget.toNanos() / 2;
      long squarings = warmUp(state, Math.max(half, kernel.warmUp().toNanos()));
      return summarize(sample(state, squarings, half));
    }
  }

  private static BigInteger sampleModulus(int bits) {
    return new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
  }

  /** Runs for {@code nanos} and returns how many squarings fill one sample. */
  private static long warmUp(KernelState state, long nanos) {
    long squarings = 64;
    long start = System.nanoTime();
    long lastCall;
    do {
      long before = System.nanoTime();
      state.square(squarings);
      lastCall = Math.max(1, System.nanoTime() - before);
      if (lastCall < SAMPLE_NANOS / 2) {
        squarings *= 2;
      }
    } while (System.nanoTime() - start < nanos || lastCall < SAMPLE_NANOS / 4);
    return Math.max(1, (long) (squarings * ((double) SAMPLE_NANOS / lastCall)));
  }

  private static double[] sample(KernelState state, long squarings, long nanos) {
    double[] samples = new double[Math.clamp(nanos / SAMPLE_NANOS, 5, 10_000)];
    for (int i = 0; i < samples.length; i++) {
      long before = System.nanoTime();
      state.square(squarings);
      samples[i] = (double) (System.nanoTime() - before) / squarings;
    }
    return samples;
  }

  private static KernelTiming summarize(double[] samples) {
    Arrays.sort(samples);
    int n = samples.length;
    double median = samples[n / 2];
    return new KernelTiming(samples[0], median, (samples[n * 3 / 4] - samples[n / 4]) / median);
  }
}
