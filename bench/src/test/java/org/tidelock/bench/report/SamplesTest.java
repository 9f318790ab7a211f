package org.tidelock.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void summarizesAnOddNumberOfSamples() {
    Samples samples = Samples.of(50, 10, 40, 20, 30);

    assertThat(samples).isEqualTo(new Samples(5, 10, 20, 30, 40, 50));
    assertThat(samples.spread()).isCloseTo(20.0 / 30, within(1e-12));
  }

  @Test
  void takesTheMeanOfTheTwoMiddleOnesOfAnEvenNumber() {
    assertThat(Samples.of(4, 1, 3, 2).median()).isEqualTo(2.5);
  }

  @Test
  void acceptsASingleSample() {
    assertThat(Samples.of(7)).isEqualTo(new Samples(1, 7, 7, 7, 7, 7));
  }

  @Test
  void leavesTheValuesInTheirOrder() {
    double[] values = {3, 1, 2};

    Samples.of(values);

    assertThat(values).containsExactly(3, 1, 2);
  }

  @Test
  void scalesEveryValue() {
    assertThat(Samples.of(2, 4, 6).times(0.5)).isEqualTo(Samples.of(1, 2, 3));
  }

  @Test
  void refusesNoSamples() {
    assertThatThrownBy(() -> Samples.of())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }
}
