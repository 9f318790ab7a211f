package org.tidelock.bench.report;

import java.util.Arrays;

/**
 * What a series of samples of one quantity comes to.
 *
 * @param count how many samples there were, at least 1
 * @param min the smallest: for times, what the hardware does when nothing disturbs it
 * @param lowerQuartile a quarter of the samples is at most this
 * @param median the middle sample; the mean of the two middle ones of an even number
 * @param upperQuartile a quarter of the samples is at least this
 * @param max the largest
 */
public record Samples(
    int count, double min, double lowerQuartile, double median, double upperQuartile, double max) {

  /** The summary of {@code values}, which may stand in any order and are left as they are. */
  public static Samples of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no samples given; at least one required");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    return new Samples(
        n, sorted[0], sorted[(n - 1) / 4], median, sorted[n - 1 - (n - 1) / 4], sorted[n - 1]);
  }

  /** (upper quartile - lower quartile) / median, a fraction. */
  public double spread() {
    return (upperQuartile - lowerQuartile) / median;
  }

  /** All values multiplied by {@code factor}, which is positive. */
  public Samples times(double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("factor is %s; more than 0 required".formatted(factor));
    }
    return new Samples(
        count,
        min * factor,
        lowerQuartile * factor,
        median * factor,
        upperQuartile * factor,
        max * factor);
  }
}
