package org.tidelock.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiplyAddsTest {

  /** Counted in the compiled squaring, or by hand where the compiler adds a few. */
  @ParameterizedTest
  @CsvSource({"1024, 198", "1536, 386", "2048, 640", "2560, 1094", "3072, 1484", "4096, 2440"})
  void countsAsTheKernelIssuesThem(int bits, int expected) {
    assertThat(MultiplyAdds.ofSquaring("ifma", bits)).hasValue(expected);
  }

  @Test
  void takesTheSmallestSizeThatFits() {
    assertThat(MultiplyAdds.ofSquaring("ifma", 2050))
        .isEqualTo(MultiplyAdds.ofSquaring("ifma", 2048));
    assertThat(MultiplyAdds.ofSquaring("ifma", 2075))
        .isEqualTo(MultiplyAdds.ofSquaring("ifma", 2560));
    assertThat(MultiplyAdds.ofSquaring("ifma", 4102)).isEqualTo(OptionalInt.empty());
  }

  @Test
  void knowsNothingOfOtherKernels() {
    assertThat(MultiplyAdds.ofSquaring("mulx", 2048)).isEqualTo(OptionalInt.empty());
  }
}
