package org.tidelock.bench.enumeration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The Mann-Whitney U test of whether two samples come from one distribution (Mann and Whitney,
 * 1947), two-sided, by the normal approximation with the correction for ties.
 *
 * @param superiority how often a value of the first sample is larger than one of the second, ties
 *     counted half: 0.5 where nothing can be told
 * @param p the probability of a difference this large where there is none
 */
record RankTest(double superiority, double p) {

  private record Ranked(double value, boolean isFirst) {}

  /** Compares two samples of at least 20 values each. */
  static RankTest of(double[] first, double[] second) {
    if (first.length < 20 || second.length < 20) {
      throw new IllegalArgumentException(
          "%d and %d values; at least 20 each required".formatted(first.length, second.length));
    }
    List<Ranked> all = new ArrayList<>();
    Arrays.stream(first).forEach(value -> all.add(new Ranked(value, true)));
    Arrays.stream(second).forEach(value -> all.add(new Ranked(value, false)));
    all.sort(Comparator.comparingDouble(Ranked::value));
    double rankSum = 0;
    double ties = 0;
    for (int begin = 0; begin < all.size(); ) {
      int end = begin;
      while (end < all.size() && all.get(end).value() == all.get(begin).value()) {
        end++;
      }
      double rank = (begin + 1 + end) / 2.0;
      for (Ranked ranked : all.subList(begin, end)) {
        rankSum += ranked.isFirst() ? rank : 0;
      }
      double tied = end - begin;
      ties += tied * tied * tied - tied;
      begin = end;
    }
    double n = first.length;
    double m = second.length;
    double u = rankSum - n * (n + 1) / 2;
    double variance = n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1)));
    double z = variance == 0 ? 0 : Math.max(0, Math.abs(u - n * m / 2) - 0.5) / Math.sqrt(variance);
    return new RankTest(u / (n * m), twoSided(z));
  }

  /** 2 (1 - Phi(z)) to 1e-7, Abramowitz and Stegun 7.1.26. */
  private static double twoSided(double z) {
    double x = z / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * x);
    double polynomial =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.min(1, polynomial * Math.exp(-x * x));
  }
}
