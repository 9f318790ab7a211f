package org.tidelock.cli.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a length of time: whole numbers with units, the largest first ({@code 90s}, {@code 10m},
 * {@code 36h}, {@code 3d}, {@code 2w}, {@code 1y}, {@code 1d12h}), or ISO 8601 with days and
 * smaller units ({@code PT36H}, {@code P3DT12H}). A day has 24 hours and a year 365 days: work
 * knows no calendar.
 */
public final class DurationText implements ITypeConverter<Duration> {

  private record Unit(String letter, Duration length) {}

  private static final List<Unit> UNITS =
      List.of(
          new Unit("y", Duration.ofDays(365)),
          new Unit("w", Duration.ofDays(7)),
          new Unit("d", Duration.ofDays(1)),
          new Unit("h", Duration.ofHours(1)),
          new Unit("m", Duration.ofMinutes(1)),
          new Unit("s", Duration.ofSeconds(1)));

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,12})y)?(?:(\\d{1,12})w)?(?:(\\d{1,12})d)?"
              + "(?:(\\d{1,12})h)?(?:(\\d{1,12})m)?(?:(\\d{1,12})s)?");

  private static final String RULE =
      "write whole numbers with s, m (minutes), h, d, w or y, the largest first, such as 90s, 36h,"
          + " 3d or 1d12h; or ISO 8601, such as PT36H";

  @Override
  public Duration convert(String text) {
    Duration duration = read(text);
    if (duration.isZero() || duration.isNegative()) {
      throw new TypeConversionException(
          "'%s' is no time at all; more than zero is required".formatted(text));
    }
    return duration;
  }

  private static Duration read(String text) {
    try {
      return text.startsWith("P") ? iso(text) : units(text);
    } catch (ArithmeticException e) {
      throw new TypeConversionException(
          "'%s' is too long; at most 2^63 - 1 seconds can be told".formatted(text));
    }
  }

  private static Duration units(String text) {
    Matcher form = FORM.matcher(text);
    if (text.isEmpty() || !form.matches()) {
      throw refused(text);
    }
    Duration sum = Duration.ZERO;
    for (int i = 0; i < UNITS.size(); i++) {
      String count = form.group(i + 1);
      if (count != null) {
        sum = sum.plus(UNITS.get(i).length().multipliedBy(Long.parseLong(count)));
      }
    }
    return sum;
  }

  private static Duration iso(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw refused(text);
    }
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException("'%s' is no length of time; %s".formatted(text, RULE));
  }
}
