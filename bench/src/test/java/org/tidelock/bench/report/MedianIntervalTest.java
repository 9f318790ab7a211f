package org.tidelock.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianIntervalTest {

  @Test
  void takesTheSamplesThatTheBinomialDistributionNames() {
    double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();

    // For 100 samples, tables give the 40th and the 61st.
    assertThat(MedianInterval.of(values)).isEqualTo(new MedianInterval(40, 61));
  }

  @Test
  void isTheWholeRangeOfVeryFewSamples() {
    assertThat(MedianInterval.of(3, 1, 2)).isEqualTo(new MedianInterval(1, 3));
  }

  @Test
  void holdsTheTrueMedianInAboutNineteenOfTwentySeries() {
    Random random = new Random(7);
    int held = 0;
    for (int series = 0; series < 1000; series++) {
      MedianInterval interval =
          MedianInterval.of(random.doubles(300).map(u -> u * u * u).toArray());
      if (interval.low() <= 0.125 && 0.125 <= interval.high()) {
        held++;
      }
    }

    assertThat(held).isBetween(930, 980);
  }
}
