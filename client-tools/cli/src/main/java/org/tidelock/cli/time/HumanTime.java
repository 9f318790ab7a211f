package org.tidelock.cli.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints lengths and points of time for people: two units at most, no more digits than matter. */
public final class HumanTime {

  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter TO_THE_MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private static final double SECONDS_A_DAY = 86_400;
  private static final double DAYS_A_YEAR = 365.25;

  private HumanTime() {}

  /** A length, such as {@code 840 ms}, {@code 12.3 s}, {@code 3 h 12 min}, {@code 12.5 years}. */
  public static String length(Duration duration) {
    double seconds = duration.getSeconds() + duration.getNano() / 1e9;
    if (seconds < 0.9995) {
      return format("%.0f ms", seconds * 1000);
    }
    if (seconds < 99.95) {
      return format("%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 3600) {
      return pair(whole, 60, "min", 1, "s");
    }
    if (whole < SECONDS_A_DAY) {
      return pair(whole, 3600, "h", 60, "min");
    }
    double days = seconds / SECONDS_A_DAY;
    if (days < 30) {
      String name = days < 47.5 / 24 ? "day" : "days"; // more is rounded to two
      return pair(whole, (long) SECONDS_A_DAY, name, 3600, "h");
    }
    double years = days / DAYS_A_YEAR;
    if (years < 2) {
      return format("%.0f days", days);
    }
    return years < 100 ? format("%.1f years", years) : many(years);
  }

  private static String many(double years) {
    return years < 1e7 ? format("%,.0f years", years) : format("%.1e years", years);
  }

  private static String pair(long seconds, long big, String bigName, long small, String smallName) {
    long rounded = (seconds + small / 2) / small * small;
    long first = rounded / big;
    long second = rounded % big / small;
    return second == 0
        ? first + " " + bigName
        : first + " " + bigName + " " + second + " " + smallName;
  }

  /**
   * When something due {@code after} from {@code now} happens, to the minute if it is days away.
   */
  public static String moment(Instant now, Duration after, ZoneId zone) {
    try {
      DateTimeFormatter format =
          after.compareTo(Duration.ofDays(2)) < 0 ? TO_THE_SECOND : TO_THE_MINUTE;
      return now.plus(after).atZone(zone).format(format);
    } catch (DateTimeException | ArithmeticException e) {
      return "beyond any calendar";
    }
  }

  private static String format(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }
}
