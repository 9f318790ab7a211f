package org.tidelock.bench.compare;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.tidelock.bench.peers.Peer;
import org.tidelock.bench.report.Samples;

/** Sets the samples of one modulus length against one another and against the port bound. */
final class SizeResults {

  private final int bits;
  private final Map<Contender, Samples> samples;
  private final Optional<Samples> nanosPerMultiplyAdd;

  /**
   * @param contenders who took part
   * @param samples their nanoseconds a squaring, in the same order
   */
  SizeResults(
      int bits,
      List<Contender> contenders,
      List<Samples> samples,
      Optional<Samples> nanosPerMultiplyAdd) {
    this.bits = bits;
    this.samples = new LinkedHashMap<>();
    for (int i = 0; i < contenders.size(); i++) {
      this.samples.put(contenders.get(i), samples.get(i));
    }
    this.nanosPerMultiplyAdd = nanosPerMultiplyAdd;
  }

  Comparison.Size size() {
    return new Comparison.Size(
        bits,
        samples.entrySet().stream()
            .map(entry -> row(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingDouble(row -> row.nanosPerSquaring().min()))
            .toList());
  }

  private Comparison.Row row(Contender contender, Samples nanos) {
    OptionalInt count =
        contender.family() == Contender.Family.TIDELOCK
            ? MultiplyAdds.ofSquaring(contender.name().substring(Lineup.OURS.length()), bits)
            : OptionalInt.empty();
    @Nullable Double bound =
        count.isPresent()
            ? nanosPerMultiplyAdd.map(each -> each.min() * count.getAsInt()).orElse(null)
            : null;
    return new Comparison.Row(
        contender.name(),
        contender.family(),
        nanos,
        timesFasterThan(Peer.Method.GMP_POWM.title(), nanos),
        timesFasterThan(Peer.Method.OPENSSL_MONTGOMERY.title(), nanos),
        timesFasterThan(JavaLoops.POWERS, nanos),
        count.isPresent() ? count.getAsInt() : null,
        bound,
        bound == null ? null : nanos.min() / bound);
  }

  private @Nullable Double timesFasterThan(String name, Samples nanos) {
    return samples.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .findFirst()
        .map(entry -> entry.getValue().min() / nanos.min())
        .orElse(null);
  }
}
