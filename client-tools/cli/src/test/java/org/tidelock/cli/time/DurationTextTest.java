package org.tidelock.cli.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "90s, PT90S",
    "10m, PT10M",
    "36h, PT36H",
    "3d, PT72H",
    "2w, PT336H",
    "1y, PT8760H",
    "1d12h, PT36H",
    "1y2w3d4h5m6s, PT9172H5M6S",
    "PT36H, PT36H",
    "P3DT12H, PT84H",
    "PT0.5S, PT0.5S"
  })
  void readsUnitsAndIso(String text, Duration expected) {
    assertThat(new DurationText().convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3",
        "d",
        "3 d",
        "-3d",
        "1.5h",
        "12h1d",
        "3d3d",
        "3months",
        "P1M",
        "1000000000000d0",
        "٣d"
      })
  void refusesOtherForms(String text) {
    assertThatThrownBy(() -> new DurationText().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith("'" + text + "' is no length of time; write whole numbers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "0d0h", "PT0S", "PT-5M"})
  void refusesNoTimeAtAll(String text) {
    assertThatThrownBy(() -> new DurationText().convert(text))
        .hasMessage("'%s' is no time at all; more than zero is required", text);
  }

  @Test
  void refusesWhatNoClockCounts() {
    assertThatThrownBy(() -> new DurationText().convert("900000000000y"))
        .hasMessage("'900000000000y' is too long; at most 2^63 - 1 seconds can be told");
  }
}
