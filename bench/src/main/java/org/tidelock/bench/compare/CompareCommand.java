package org.tidelock.bench.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidelock.bench.CommonOptions;
import org.tidelock.bench.measure.Interleaver;
import org.tidelock.bench.measure.Lane;
import org.tidelock.bench.peers.PeerLibrary;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.Samples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures every kernel beside its peers and writes a table and a picture. */
@Command(
    name = "compare",
    description =
        "Measures our kernels beside GMP, OpenSSL, BigInteger and the multiplier's limit.")
public final class CompareCommand implements Callable<Integer> {

  private static final Duration WARM_UP = Duration.ofMillis(300);

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--rounds", description = "Samples of each row (default: ${DEFAULT-VALUE}).")
  private int rounds = 200;

  @Option(
      names = "--sample-millis",
      description = "Length of one sample (default: ${DEFAULT-VALUE}).")
  private int sampleMillis = 6;

  @Option(
      names = "--bits",
      split = ",",
      description = "Modulus lengths (default: 1024,2048,3072,4096).")
  private int[] bits = {1024, 2048, 3072, 4096};

  @Override
  public Integer call() throws IOException {
    common.requireAtLeastOne("--rounds", rounds);
    common.requireAtLeastOne("--sample-millis", sampleMillis);
    Environment environment = common.environment("compare");
    PeerLibrary peers = new PeerLibrary(common.peers());
    List<Lineup> lineups = new ArrayList<>();
    try {
      Arrays.stream(bits).forEach(length -> lineups.add(Lineup.of(length, Optional.of(peers))));
      Comparison comparison = compare(environment, peers, lineups);
      String page = new CompareReport(comparison).toMarkdown();
      System.out.print(page);
      common.results().write("compare.md", page);
      common.results().writeJson("compare.json", comparison);
      common.results().write("compare.svg", new ComparePlot(comparison).toSvg());
    } finally {
      lineups.forEach(Lineup::close);
    }
    return 0;
  }

  private Comparison compare(Environment environment, PeerLibrary peers, List<Lineup> lineups) {
    List<Lane> lanes = new ArrayList<>();
    for (Lineup lineup : lineups) {
      lineup.contenders().forEach(one -> lanes.add(new Lane(one.step(), one.square())));
    }
    if (peers.hasIfma()) {
      lanes.add(new Lane(PeerLibrary.MULTIPLY_ADD_STEP, peers::multiplyAdds));
    }
    List<Samples> samples =
        new Interleaver(WARM_UP, Duration.ofMillis(sampleMillis), System::nanoTime)
            .measure(lanes, rounds, this::tell);
    Optional<Samples> multiplyAdd =
        peers.hasIfma() ? Optional.of(samples.getLast()) : Optional.empty();
    List<Comparison.Size> sizes = new ArrayList<>();
    int next = 0;
    for (Lineup lineup : lineups) {
      int end = next + lineup.contenders().size();
      sizes.add(
          new SizeResults(
                  lineup.bits(), lineup.contenders(), samples.subList(next, end), multiplyAdd)
              .size());
      next = end;
    }
    return new Comparison(
        environment,
        List.of("GMP " + peers.gmpVersion(), peers.opensslVersion()),
        rounds,
        sampleMillis,
        multiplyAdd.orElse(null),
        sizes,
        lineups.stream().flatMap(lineup -> lineup.leftOut().stream()).distinct().toList());
  }

  private void tell(int round) {
    if (round % Math.max(1, rounds / 10) == 0) {
      System.err.printf("round %d of %d%n", round, rounds);
    }
  }
}
