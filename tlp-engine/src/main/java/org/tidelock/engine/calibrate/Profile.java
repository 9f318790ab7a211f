package org.tidelock.engine.calibrate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A named speed of hardware: nanoseconds for one sequential squaring, by modulus length.
 *
 * <p>The name carries a version ({@code fastest-cpu/1}), so that a recorded profile keeps its
 * meaning when faster hardware appears and a new version is published.
 *
 * @param name what users select it by, with version
 * @param nanosPerSquaring from modulus bits to nanoseconds; at least one entry
 */
public record Profile(String name, NavigableMap<Integer, Double> nanosPerSquaring) {

  /** The best kernel known on the highest CPU clock sold: durations become lower bounds on CPUs. */
  public static final Profile FASTEST_CPU =
      new Profile(
          "fastest-cpu/1", new TreeMap<>(Map.of(1024, 23., 2048, 50., 3072, 115., 4096, 176.)));

  /** The published FPGA record at 1024 bits (Cryptophage, 2019), extrapolated to 2048. */
  public static final Profile FPGA =
      new Profile("fpga/1", new TreeMap<>(Map.of(1024, 25., 2048, 65.)));

  /** A laptop of ten years ago with Java alone: HotSpot's Montgomery squaring at about 2.2 GHz. */
  public static final Profile SLOW_LAPTOP =
      new Profile(
          "slow-laptop/1",
          new TreeMap<>(Map.of(1024, 530., 2048, 1800., 3072, 3900., 4096, 6900.)));

  private static final String PICOS = "picos/";

  /** The exponent of a power law that is believed at most; schoolbook arithmetic has 2. */
  private static final double STEEPEST = 4;

  public Profile {
    if (name.isBlank() || nanosPerSquaring.isEmpty()) {
      throw new IllegalArgumentException("a profile has a name and at least one speed");
    }
    for (Map.Entry<Integer, Double> speed : nanosPerSquaring.entrySet()) {
      if (speed.getKey() < 1 || !(speed.getValue() > 0) || speed.getValue().isInfinite()) {
        throw new IllegalArgumentException(
            "%s ns a squaring at %s bits; positive numbers required"
                .formatted(speed.getValue(), speed.getKey()));
      }
    }
    nanosPerSquaring = new TreeMap<>(nanosPerSquaring);
  }

  /**
   * The profile that a name stands for, wherever names travel: one of those above, or {@code
   * picos/N}, N picoseconds a squaring at every length.
   */
  public static Optional<Profile> named(String name) {
    for (Profile known : List.of(FASTEST_CPU, FPGA, SLOW_LAPTOP)) {
      if (known.name().equals(name)) {
        return Optional.of(known);
      }
    }
    return name.matches(PICOS + "[1-9][0-9]{0,11}")
        ? Optional.of(ofPicos(Long.parseLong(name.substring(PICOS.length()))))
        : Optional.empty();
  }

  /** One speed for every length, under a name that says it: {@link #named} knows it again. */
  public static Profile ofPicos(long picosPerSquaring) {
    return new Profile(
        PICOS + picosPerSquaring, new TreeMap<>(Map.of(2048, picosPerSquaring / 1000.)));
  }

  /** One speed for every modulus length, named {@code custom}. */
  public static Profile custom(double nanosPerSquaring) {
    return new Profile("custom", new TreeMap<>(Map.of(2048, nanosPerSquaring)));
  }

  @Override
  public NavigableMap<Integer, Double> nanosPerSquaring() {
    return new TreeMap<>(nanosPerSquaring);
  }

  /**
   * Nanoseconds for one squaring modulo a number of {@code bits} bits: the figure given, or between
   * and beyond the figures a power law through the two nearest ones, neither falling nor steeper
   * than the fourth power. A profile with one figure gives it for every length.
   *
   * @param bits at least 1
   */
  public double nanosAt(int bits) {
    Map.Entry<Integer, Double> below = nanosPerSquaring.floorEntry(bits);
    Map.Entry<Integer, Double> above = nanosPerSquaring.ceilingEntry(bits);
    if (nanosPerSquaring.size() == 1) {
      return nanosPerSquaring.firstEntry().getValue();
    }
    if (below == null) {
      below = above;
      above = nanosPerSquaring.higherEntry(below.getKey());
    } else if (above == null) {
      above = below;
      below = nanosPerSquaring.lowerEntry(above.getKey());
    }
    if (below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    double exponent =
        Math.clamp(
            Math.log(above.getValue() / below.getValue())
                / Math.log((double) above.getKey() / below.getKey()),
            0,
            STEEPEST);
    return below.getValue() * Math.pow((double) bits / below.getKey(), exponent);
  }

  /** Whether the profile has a figure at {@code bits} or on both sides of it. */
  public boolean covers(int bits) {
    return nanosPerSquaring.size() == 1
        || (nanosPerSquaring.firstKey() <= bits && bits <= nanosPerSquaring.lastKey());
  }

  /**
   * T: how many squarings take {@code duration} on this hardware, rounded up.
   *
   * @throws IllegalArgumentException if the duration is not positive, or needs more than 2^63 - 1
   */
  public long squaringsFor(Duration duration, int bits) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "%s is no time to lock for; a positive duration is required".formatted(duration));
    }
    BigDecimal nanos =
        BigDecimal.valueOf(duration.getSeconds())
            .movePointRight(9)
            .add(BigDecimal.valueOf(duration.getNano()));
    BigDecimal squarings = nanos.divide(BigDecimal.valueOf(nanosAt(bits)), 0, RoundingMode.CEILING);
    if (squarings.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "%s needs %s squarings; a puzzle holds at most %d"
              .formatted(duration, squarings.toPlainString(), Long.MAX_VALUE));
    }
    return squarings.longValueExact();
  }

  /** How long {@code squarings} take on this hardware; at most about 10^11 years. */
  public Duration durationOf(long squarings, int bits) {
    double seconds = squarings * nanosAt(bits) / 1e9;
    return seconds < 1e7
        ? Duration.ofNanos((long) (seconds * 1e9))
        : Duration.ofSeconds((long) Math.min(seconds, 3e18));
  }
}
