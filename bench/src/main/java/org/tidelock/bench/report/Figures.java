package org.tidelock.bench.report;

import java.util.Locale;

/** How figures are written in results, whatever the machine's language. */
public final class Figures {

  private static final double KIB = 1024;
  private static final double MIB = KIB * KIB;

  private Figures() {}

  /** A number without its decimals, its thousands set apart. */
  public static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** A whole number, its thousands set apart. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A fraction in percent. */
  public static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f%%", fraction * 100);
  }

  /** Milliseconds, with a decimal where they are few. */
  public static String millis(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }

  /** Bytes, in MiB. */
  public static String mib(long bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes / MIB);
  }

  /** Bytes, in KiB. */
  public static String kib(double bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes / KIB);
  }
}
