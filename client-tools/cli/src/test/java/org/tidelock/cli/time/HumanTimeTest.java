package org.tidelock.cli.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTimeTest {

  private static final Instant NOW = Instant.parse("2026-11-20T21:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.84S, 840 ms",
    "PT0.9999S, 1.0 s",
    "PT12.34S, 12.3 s",
    "PT99.96S, 1 min 40 s",
    "PT10M, 10 min",
    "PT3H12M, 3 h 12 min",
    "PT28H, 1 day 4 h",
    "PT72H, 3 days",
    "P46D, 46 days",
    "P4383D, 12.0 years"
  })
  void printsTwoUnitsAtMost(Duration duration, String expected) {
    assertThat(HumanTime.length(duration)).isEqualTo(expected);
  }

  @Test
  void printsGeologicalTimes() {
    assertThat(HumanTime.length(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo("2.9e+11 years");
    assertThat(HumanTime.length(Duration.ofDays(365_250_000))).isEqualTo("1,000,000 years");
  }

  @Test
  void printsTheFinishToTheSecondOrMinute() {
    assertThat(HumanTime.moment(NOW, Duration.ofSeconds(7), ZoneOffset.UTC))
        .isEqualTo("2026-11-20 21:00:07");
    assertThat(HumanTime.moment(NOW, Duration.ofDays(3), ZoneId.of("Europe/Berlin")))
        .isEqualTo("2026-11-23 22:00");
    assertThat(HumanTime.moment(NOW, Duration.ofSeconds(Long.MAX_VALUE), ZoneOffset.UTC))
        .isEqualTo("beyond any calendar");
  }
}
