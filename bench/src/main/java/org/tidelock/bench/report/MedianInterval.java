package org.tidelock.bench.report;

import java.util.Arrays;

/**
 * Between which two samples the median of the whole population lies, with a confidence of about
 * 95%. Assumes independent samples and nothing about their distribution: the number of samples
 * below the true median is binomial, approximated by a normal distribution.
 */
public record MedianInterval(double low, double high) {

  /** The interval; for fewer than six samples it is their whole range. */
  public static MedianInterval of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no samples given; at least one required");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    int below = (int) Math.floor((n - 1.96 * Math.sqrt(n)) / 2) - 1;
    int low = Math.max(0, below);
    return new MedianInterval(sorted[low], sorted[n - 1 - low]);
  }
}
