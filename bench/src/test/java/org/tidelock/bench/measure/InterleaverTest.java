package org.tidelock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.bench.report.Samples;

/** On a clock that only the work itself moves. */
class InterleaverTest {

  private long now;
  private final List<String> calls = new ArrayList<>();

  private final Interleaver interleaver =
      new Interleaver(Duration.ofMillis(10), Duration.ofMillis(1), () -> now);

  @Test
  void findsTheTimeOfOneOperationOfEachLane() {
    List<Samples> nanos =
        interleaver.measure(List.of(lane("slow", 1, 500), lane("fast", 1, 20)), 4, _ -> {});

    assertThat(nanos.get(0)).isEqualTo(new Samples(4, 500, 500, 500, 500, 500));
    assertThat(nanos.get(1)).isEqualTo(new Samples(4, 20, 20, 20, 20, 20));
  }

  @Test
  void takesLanesForwardsAndBackwardsInTurn() {
    List<Lane> lanes = List.of(lane("a", 1, 100), lane("b", 1, 100));
    List<Integer> rounds = new ArrayList<>();

    interleaver.measure(
        lanes,
        2,
        round -> {
          rounds.add(round);
          calls.add("end");
        });

    assertThat(rounds).containsExactly(1, 2);
    // Two calls a sample: the lead-in and the one that counts.
    List<String> first = calls.subList(calls.indexOf("end") - 4, calls.indexOf("end"));
    List<String> second = calls.subList(calls.size() - 5, calls.size() - 1);
    assertThat(first).containsExactly("a 1000", "a 10000", "b 1000", "b 10000");
    assertThat(second).containsExactly("b 1000", "b 10000", "a 1000", "a 10000");
  }

  @Test
  void asksForMultiplesOfALanesStepOnly() {
    interleaver.measure(List.of(lane("a", 1000, 7)), 3, _ -> {});

    assertThat(calls).allSatisfy(call -> assertThat(call).endsWith("000"));
  }

  @Test
  void takesOneStepWhereASampleIsShorterThanThat() {
    List<Samples> nanos = interleaver.measure(List.of(lane("a", 1000, 1_000_000)), 2, _ -> {});

    assertThat(nanos.getFirst().min()).isEqualTo(1_000_000);
    assertThat(calls).containsOnly("a 1000");
  }

  private Lane lane(String name, long step, long nanos) {
    return new Lane(
        step,
        count -> {
          calls.add(name + " " + count);
          now += count * nanos;
        });
  }
}
