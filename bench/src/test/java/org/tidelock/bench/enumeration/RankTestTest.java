package org.tidelock.bench.enumeration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankTestTest {

  private static double[] values(int count, java.util.function.IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).toArray();
  }

  @Test
  void agreesWithACalculationByHand() {
    // 11..30 against 1..20: U = 350 of 400, ten pairs of ties, z = 4.0459.
    RankTest test = RankTest.of(values(20, i -> i + 11), values(20, i -> i + 1));
    assertThat(test.superiority()).isEqualTo(0.875);
    assertThat(test.p()).isCloseTo(5.21e-5, within(1e-6));
  }

  @Test
  void seesNoDifferenceBetweenASampleAndItself() {
    double[] sample = values(50, i -> i % 7);
    RankTest test = RankTest.of(sample, sample);
    assertThat(test.superiority()).isEqualTo(0.5);
    assertThat(test.p()).isCloseTo(1, within(1e-6));
  }

  @Test
  void seesATenthOfASpreadInAThousandValues() {
    Random random = new Random(1);
    double[] slower = values(5000, i -> random.nextGaussian() + 0.2);
    double[] faster = values(5000, i -> random.nextGaussian());
    assertThat(RankTest.of(slower, faster).p()).isLessThan(1e-6);
  }

  @Test
  void findsFewDifferencesWhereThereAreNone() {
    Random random = new Random(2);
    long found =
        IntStream.range(0, 1000)
            .filter(
                _ ->
                    RankTest.of(
                                values(100, i -> random.nextGaussian()),
                                values(100, i -> random.nextGaussian()))
                            .p()
                        < 0.05)
            .count();
    assertThat(found).isBetween(25L, 80L);
  }
}
