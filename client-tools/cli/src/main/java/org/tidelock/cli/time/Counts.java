package org.tidelock.cli.time;

import java.util.Locale;

/** Prints large counts and rates for people. */
public final class Counts {

  private Counts() {}

  /** A count with its thousands grouped, such as {@code 5,184,000}. */
  public static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A rate with three digits, such as {@code 1.15 M/s}. */
  public static String rate(double perSecond) {
    if (perSecond >= 1e6) {
      return String.format(Locale.ROOT, "%.2f M/s", perSecond / 1e6);
    }
    return perSecond >= 1e3
        ? String.format(Locale.ROOT, "%.1f k/s", perSecond / 1e3)
        : String.format(Locale.ROOT, "%.0f/s", perSecond);
  }
}
