package org.tidelock.cli.verb;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.time.DurationText;
import org.tidelock.cli.time.InstantText;
import org.tidelock.engine.calibrate.Profile;
import picocli.CommandLine.Option;

/** When something is to open, in one of three ways: exactly one is given. */
final class OpeningTime {

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      required = true,
      converter = DurationText.class,
      description = "How long: 90s, 10m, 36h, 3d, 2w, 1y, 1d12h or PT36H.")
  private @Nullable Duration duration;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      required = true,
      converter = InstantText.class,
      description = "Until when, with zone or offset: 2027-01-01T00:00Z.")
  private @Nullable Instant instant;

  @Option(
      names = "--squarings",
      paramLabel = "T",
      required = true,
      converter = CountText.class,
      description = "How many squarings, whatever time they take.")
  private @Nullable Long squarings;

  /** Whether the work is given as such, so that no profile has a say. */
  boolean isWork() {
    return squarings != null;
  }

  /**
   * How long that is from {@code now}.
   *
   * @throws CommandFailure if the instant lies in the past
   */
  Duration from(Instant now) {
    if (instant != null && !instant.isAfter(now)) {
      throw CommandFailure.usage(
          "--until %s lies in the past; it is %s now".formatted(instant, now));
    }
    return instant != null ? Duration.between(now, instant) : wanted();
  }

  private Duration wanted() {
    if (duration == null) {
      throw new IllegalStateException("neither a duration nor an instant was given");
    }
    return duration;
  }

  /**
   * T, by the profile's speed.
   *
   * @throws CommandFailure if it is not between 1 and 2^63 - 1
   */
  long squarings(Instant now, Profile profile, int bits) {
    if (squarings != null) {
      return squarings;
    }
    try {
      return profile.squaringsFor(from(now), bits);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
