package org.tidelock.cli.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a point in time: ISO 8601 with a zone or an offset, such as {@code 2027-01-01T00:00Z},
 * {@code 2027-01-01T00:00+01:00} or {@code 2027-01-01T00:00[Europe/Berlin]}. A date and time of no
 * stated place is refused: it names up to 26 different hours.
 */
public final class InstantText implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      return ZonedDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return withRegion(text);
    }
  }

  /** A region in brackets without an offset before it, which the standard parser wants. */
  private static Instant withRegion(String text) {
    int bracket = text.indexOf('[');
    if (bracket > 0 && text.endsWith("]")) {
      try {
        return inRegion(
            text,
            LocalDateTime.parse(text.substring(0, bracket)),
            ZoneId.of(text.substring(bracket + 1, text.length() - 1)));
      } catch (DateTimeException e) {
        throw refused(text, "the date, the time or the zone in brackets does not exist");
      }
    }
    throw refused(text, reason(text));
  }

  /** Where clocks are put forward a time is missing, where they are put back it comes twice. */
  private static Instant inRegion(String text, LocalDateTime local, ZoneId region) {
    List<ZoneOffset> offsets = region.getRules().getValidOffsets(local);
    return switch (offsets.size()) {
      case 0 ->
          throw refused(
              text,
              "clocks are put forward in %s then, and there is no such time".formatted(region));
      case 1 -> local.toInstant(offsets.getFirst());
      default ->
          throw refused(
              text,
              "clocks are put back in %s then, and the time comes twice; write %s%s or %s%s"
                  .formatted(region, local, offsets.getFirst(), local, offsets.getLast()));
    };
  }

  private static String reason(String text) {
    if (isLocal(text)) {
      return "it names no zone; add Z for UTC, an offset such as +01:00, or a zone such as"
          + " [Europe/Berlin]";
    }
    return "write date, T, time and zone, such as 2027-01-01T00:00Z";
  }

  private static boolean isLocal(String text) {
    try {
      LocalDateTime.parse(text);
      return true;
    } catch (DateTimeException notLocal) {
      return isDate(text);
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException notDate) {
      return false;
    }
  }

  private static TypeConversionException refused(String text, String why) {
    return new TypeConversionException("'%s' is no point in time; %s".formatted(text, why));
  }
}
