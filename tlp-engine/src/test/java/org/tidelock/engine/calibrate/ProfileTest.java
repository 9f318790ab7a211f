package org.tidelock.engine.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProfileTest {

  @Test
  void threeDaysOnTheFastestCpuAreFiveTrillionSquarings() {
    assertThat(Profile.FASTEST_CPU.squaringsFor(Duration.ofDays(3), 2048))
        .isEqualTo(3L * 86_400 * 1_000_000_000 / 50);
  }

  @Test
  void roundsUpSoThatTheTimeIsALowerBound() {
    assertThat(Profile.custom(3).squaringsFor(Duration.ofNanos(10), 2048)).isEqualTo(4);
    assertThat(Profile.custom(3).squaringsFor(Duration.ofNanos(1), 2048)).isEqualTo(1);
  }

  @Test
  void aHundredYearsFitAndTheAgeOfTheUniverseDoesNot() {
    assertThat(Profile.FASTEST_CPU.squaringsFor(Duration.ofDays(36_525), 2048)).isPositive();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Profile.FASTEST_CPU.squaringsFor(Duration.ofDays(365L * 13_800_000_000L), 2048))
        .withMessageContaining("at most 9223372036854775807");
  }

  @Test
  void refusesDurationsThatAreNotPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Profile.FASTEST_CPU.squaringsFor(Duration.ZERO, 2048))
        .withMessageContaining("positive");
  }

  @Test
  void interpolatesBetweenFiguresAndExtendsBeyondThem() {
    assertThat(Profile.FASTEST_CPU.nanosAt(2048)).isEqualTo(50);
    assertThat(Profile.FASTEST_CPU.nanosAt(1500)).isBetween(23., 50.);
    assertThat(Profile.FASTEST_CPU.nanosAt(512)).isLessThan(23);
    assertThat(Profile.FASTEST_CPU.nanosAt(8192)).isGreaterThan(2 * 176);
    assertThat(Profile.custom(7).nanosAt(4096)).isEqualTo(7);
  }

  @Test
  void durationsAreTheInverseOfSquarings() {
    Duration month = Duration.ofDays(30);
    long squarings = Profile.FPGA.squaringsFor(month, 1024);
    assertThat(Profile.FPGA.durationOf(squarings, 1024)).isCloseTo(month, Duration.ofSeconds(1));
  }

  @Test
  void anEstimateIsARangeWhoseLowerEndIsTheFastestKnown() {
    Estimate estimate = Estimate.of(60_000_000_000L, 2048, Profile.custom(130));
    assertThat(estimate.fastestKnown()).isEqualTo(Duration.ofMinutes(50));
    assertThat(estimate.here()).isEqualTo(Duration.ofMinutes(130));
    assertThat(estimate.slowLaptop().toSeconds() / 7800.).isCloseTo(1800 / 130., within(0.01));
  }

  @Test
  void refusesSpeedsThatAreNotPositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> Profile.custom(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Profile.custom(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Profile.custom(1 / 0.));
  }

  @Test
  void isFoundByItsName() {
    assertThat(Profile.named("fastest-cpu/1")).contains(Profile.FASTEST_CPU);
    assertThat(Profile.named("picos/52500").orElseThrow().nanosAt(3072)).isEqualTo(52.5);
    assertThat(Profile.named(Profile.ofPicos(7).name())).contains(Profile.ofPicos(7));
    for (String unknown : new String[] {"fastest-cpu/2", "picos/0", "picos/-1", "picos/", "none"}) {
      assertThat(Profile.named(unknown)).as(unknown).isEmpty();
    }
  }

  @Test
  void figuresThatContradictEachOtherStillGiveASpeed() {
    Profile steep = new Profile("steep", new TreeMap<>(Map.of(4094, 133., 4098, 1e9)));
    Profile falling = new Profile("falling", new TreeMap<>(Map.of(4094, 1e9, 4098, 133.)));

    assertThat(steep.nanosAt(2048)).isBetween(1., 133.);
    assertThat(falling.nanosAt(1 << 20)).isBetween(1., 1e9);
  }
}
