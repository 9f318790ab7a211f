package org.tidelock.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelock.bench.compare.Contender.Family;
import org.tidelock.bench.peers.Peer;
import org.tidelock.bench.report.Samples;

class SizeResultsTest {

  private static final List<Contender> CONTENDERS =
      List.of(
          contender(Peer.Method.GMP_POWM.title(), Family.GMP),
          contender("tidelock ifma", Family.TIDELOCK),
          contender("tidelock mulx", Family.TIDELOCK));
  private static final List<Samples> NANOS =
      List.of(Samples.of(800, 900), Samples.of(128, 130), Samples.of(600, 640));

  @Test
  void ordersByMinimumAndComparesMinimums() {
    Comparison.Size size = results(Optional.empty()).size();

    assertThat(size.rows())
        .extracting(Comparison.Row::name)
        .containsExactly("tidelock ifma", "tidelock mulx", Peer.Method.GMP_POWM.title());
    assertThat(size.rows().getFirst().timesGmpPowm()).isEqualTo(800.0 / 128);
    assertThat(size.rows().getLast().timesGmpPowm()).isEqualTo(1);
  }

  @Test
  void leavesRatiosOutWhereThePeerIsMissing() {
    Comparison.Row first = results(Optional.empty()).size().rows().getFirst();

    assertThat(first.timesOpenssl()).isNull();
    assertThat(first.timesBigInteger()).isNull();
    assertThat(first.portBoundNanos()).isNull();
  }

  @Test
  void boundsOnlyKernelsThatUseThatMultiplier() {
    Comparison.Size size = results(Optional.of(Samples.of(0.175, 0.2))).size();
    int count = MultiplyAdds.ofSquaring("ifma", 2048).orElseThrow();

    Comparison.Row ifma = size.row("tidelock ifma").orElseThrow();
    assertThat(ifma.multiplyAdds()).isEqualTo(count);
    assertThat(ifma.portBoundNanos()).isEqualTo(0.175 * count);
    assertThat(ifma.overPortBound()).isEqualTo(128 / (0.175 * count));
    assertThat(size.row("tidelock mulx").orElseThrow().portBoundNanos()).isNull();
  }

  private static SizeResults results(Optional<Samples> multiplyAdd) {
    return new SizeResults(2048, CONTENDERS, NANOS, multiplyAdd);
  }

  private static Contender contender(String name, Family family) {
    return new Contender(name, family, 1, x -> {}, n -> {}, () -> BigInteger.ONE, () -> {});
  }
}
