package org.tidelock.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InjectedErrorTest {

  @Test
  void readsKindPositionAndTimes() {
    assertThat(InjectedError.parse("state@5000x2"))
        .isEqualTo(new InjectedError(InjectedError.Kind.STATE, 5000, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "state@7x1000; times 1000; 1 to 999 allowed",
        "state@7x0; times 0; 1 to 999 allowed",
        "state@9223372036854775808; position 9223372036854775808; 0 to 9223372036854775807 allowed",
        "wherever@7; wherever@7 is no error to inject; write KIND@POSITION"
      })
  void namesWhatIsOutOfRange(String text, String value, String rule) {
    assertThatThrownBy(() -> InjectedError.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(value)
        .hasMessageContaining(rule);
  }
}
