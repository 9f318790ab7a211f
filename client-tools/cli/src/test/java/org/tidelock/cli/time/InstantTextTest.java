package org.tidelock.cli.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

  @ParameterizedTest
  @CsvSource({
    "2027-01-01T00:00Z, 2027-01-01T00:00:00Z",
    "2027-01-01T00:00:30Z, 2027-01-01T00:00:30Z",
    "2027-01-01T00:00+01:00, 2026-12-31T23:00:00Z",
    "2027-07-01T00:00[Europe/Berlin], 2027-06-30T22:00:00Z",
    "2027-07-01T00:00+02:00[Europe/Berlin], 2027-06-30T22:00:00Z"
  })
  void readsInstantsWithZone(String text, Instant expected) {
    assertThat(new InstantText().convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2027-01-01", "2027-01-01T00:00", "2027-01-01T00:00:00"})
  void refusesLocalTimesAndSaysWhatToAdd(String text) {
    assertThatThrownBy(() -> new InstantText().convert(text))
        .hasMessage(
            "'%s' is no point in time; it names no zone; add Z for UTC, an offset such as +01:00,"
                + " or a zone such as [Europe/Berlin]",
            text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tomorrow", "2027-13-01T00:00Z", "1.1.2027", "2027-01-01 00:00Z"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> new InstantText().convert(text))
        .hasMessageContaining("write date, T, time and zone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2027-01-01T00:00[Nowhere/Land]", "2027-02-30T00:00[Europe/Berlin]"})
  void refusesWhatDoesNotExist(String text) {
    assertThatThrownBy(() -> new InstantText().convert(text))
        .hasMessageContaining("does not exist");
  }

  @Test
  void refusesTheHourThatIsSkippedInSpring() {
    assertThatThrownBy(() -> new InstantText().convert("2027-03-28T02:30[Europe/Berlin]"))
        .hasMessageContaining("clocks are put forward in Europe/Berlin then");
  }

  @Test
  void refusesTheHourThatComesTwiceInAutumnAndNamesBoth() {
    assertThatThrownBy(() -> new InstantText().convert("2026-10-25T02:30[Europe/Berlin]"))
        .hasMessageContaining("write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00");
  }
}
