package org.tidelock.cli.message;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.time.DurationText;
import org.tidelock.cli.time.InstantText;
import picocli.CommandLine.Option;

/** When a message may be opened, in one of two ways: exactly one is given. */
final class UnlockTime {

  /** As far ahead as a server takes it. */
  private static final Duration HORIZON = Duration.ofDays(36_525);

  @Option(
      names = "--at",
      paramLabel = "TIME",
      required = true,
      converter = InstantText.class,
      description =
          "When, with zone or offset: 2027-01-01T00:00Z, 2027-01-01T00:00[Europe/Berlin].")
  private @Nullable Instant instant;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      required = true,
      converter = DurationText.class,
      description = "How long from now: 90s, 10m, 36h, 3d, 2w, 1y, 1d12h or PT36H.")
  private @Nullable Duration duration;

  /**
   * The time, in whole milliseconds.
   *
   * @throws CommandFailure if it lies in the past, or more than a hundred years ahead
   */
  Instant from(Instant now) {
    Instant latest = now.plus(HORIZON);
    if (duration != null) {
      if (duration.compareTo(HORIZON) > 0) {
        throw CommandFailure.usage(
            "--for is %d days; at most 100 years (%d days) allowed"
                .formatted(duration.toDays(), HORIZON.toDays()));
      }
      return now.plus(duration).truncatedTo(ChronoUnit.MILLIS);
    }
    if (instant == null) {
      throw new IllegalStateException("neither a duration nor an instant was given");
    }
    if (!instant.isAfter(now)) {
      throw CommandFailure.usage("--at %s lies in the past; it is %s now".formatted(instant, now));
    }
    if (instant.isAfter(latest)) {
      throw CommandFailure.usage(
          "--at %s lies more than 100 years ahead; at most %s allowed"
              .formatted(instant, latest.truncatedTo(ChronoUnit.SECONDS)));
    }
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
