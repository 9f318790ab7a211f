package org.tidelock.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuedOperationsTest {

  /** Counted in the compiled squaring. */
  @ParameterizedTest
  @CsvSource({
    "1024, 198",
    "1088, 218",
    "1536, 386",
    "2048, 640",
    "2560, 1094",
    "3072, 1484",
    "4096, 2440"
  })
  void countsAsTheKernelIssuesThem(int bits, int expected) {
    assertThat(IssuedOperations.ofSquaring("ifma", bits).orElseThrow().multiplyAdds())
        .isEqualTo(expected);
  }

  @Test
  void takesTheSmallestSizeThatFits() {
    assertThat(IssuedOperations.ofSquaring("ifma", 2050))
        .isEqualTo(IssuedOperations.ofSquaring("ifma", 2048));
    assertThat(IssuedOperations.ofSquaring("ifma", 2075))
        .isEqualTo(IssuedOperations.ofSquaring("ifma", 2560));
    assertThat(IssuedOperations.ofSquaring("ifma", 4102)).isEmpty();
  }

  @Test
  void knowsNothingOfOtherKernels() {
    assertThat(IssuedOperations.ofSquaring("mulx", 2048)).isEmpty();
  }
}
