package org.tidelock.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

  @Test
  void takesTheRankThatEnoughPercentReach() {
    List<Duration> times =
        IntStream.rangeClosed(1, 1000).map(i -> 1001 - i).mapToObj(Duration::ofMillis).toList();

    assertThat(Latency.of(times)).isEqualTo(new Latency(1000, 500, 990, 1000));
  }

  @Test
  void isTheLargestWhereFewerThanAHundredWereMeasured() {
    List<Duration> times =
        List.of(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(2));

    assertThat(Latency.of(times)).isEqualTo(new Latency(3, 2, 3, 3));
  }

  @Test
  void keepsFractionsOfAMillisecond() {
    assertThat(Latency.of(List.of(Duration.ofNanos(1_250_000))).medianMillis()).isEqualTo(1.25);
  }

  @Test
  void refusesNoTimes() {
    assertThatThrownBy(() -> Latency.of(List.of())).hasMessageContaining("at least one required");
  }
}
