package org.tidelock.bench.overhead;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Random;
import java.util.concurrent.Callable;
import org.tidelock.bench.CommonOptions;
import org.tidelock.bench.SolverOptions;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.MedianInterval;
import org.tidelock.bench.report.Samples;
import org.tidelock.engine.kernel.select.Selection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the solver against the bare kernel, pair by pair. */
@Command(
    name = "overhead",
    description = "CPU time of the solver (check, checkpoints, progress) against bare squarings.")
public final class OverheadCommand implements Callable<Integer> {

  private static final int WARM_UP_PAIRS = 2;
  private static final double CALL_NANOS = 20e6;

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private SolverOptions solver = new SolverOptions();

  @Option(names = "--pairs", description = "How many pairs (default: ${DEFAULT-VALUE}).")
  private int pairs = 300;

  @Option(
      names = "--seconds",
      description = "Length of each run, two in a pair (default: ${DEFAULT-VALUE}).")
  private double seconds = 1;

  @Override
  public Integer call() throws IOException {
    common.requireAtLeastOne("--pairs", pairs);
    common.require(seconds >= 0.01, "--seconds is " + seconds + "; at least 0.01 required");
    Environment environment = common.environment("overhead");
    Selection kernels = solver.kernels();
    Random random = new Random(solver.bits());
    BigInteger modulus = solver.modulus(random);
    double nanos = solver.timing(kernels).medianNanos();
    long squarings = (long) (seconds * 1e9 / nanos);
    long squaringsACall = Math.max(1, (long) (CALL_NANOS / nanos));

    Pairs measured = new Pairs(pairs);
    for (int pair = -WARM_UP_PAIRS; pair < pairs; pair++) {
      Chain chain = new Chain(kernels, modulus, squarings, squaringsACall, random);
      boolean bareFirst = pair % 2 == 0;
      Cost first = bareFirst ? chain.bare() : chain.solved(solver.workDir());
      Cost second = bareFirst ? chain.solved(solver.workDir()) : chain.bare();
      chain.requireAgreement();
      if (pair >= 0) {
        measured.add(pair, bareFirst ? first : second, bareFirst ? second : first, chain);
        tell(pair + 1, measured);
      }
    }
    Overhead overhead = measured.summary(environment, kernels, solver.bits(), squarings);
    String page = overhead.toMarkdown();
    System.out.print(page);
    common.results().write("overhead.md", page);
    common.results().writeJson("overhead.json", overhead);
    return 0;
  }

  private void tell(int done, Pairs measured) {
    if (done % Math.max(1, pairs / 10) == 0) {
      System.err.printf(
          "pair %d of %d: median ratio of CPU time so far %.4f%n",
          done, pairs, measured.cpuRatioOfFirst(done).median());
    }
  }

  /** The pairs measured so far. */
  private static final class Pairs {

    private final double[] cpuRatios;
    private final double[] wallRatios;
    private final double[] bareCpuMillis;
    private final double[] solverCpuMillis;
    private int checkpoints;
    private int progressEvents;

    Pairs(int count) {
      cpuRatios = new double[count];
      wallRatios = new double[count];
      bareCpuMillis = new double[count];
      solverCpuMillis = new double[count];
    }

    void add(int index, Cost bare, Cost solved, Chain chain) {
      cpuRatios[index] = (double) solved.cpuNanos() / bare.cpuNanos();
      wallRatios[index] = (double) solved.wallNanos() / bare.wallNanos();
      bareCpuMillis[index] = bare.cpuNanos() / 1e6;
      solverCpuMillis[index] = solved.cpuNanos() / 1e6;
      checkpoints += chain.checkpointsSaved();
      progressEvents += chain.progressEvents();
    }

    Samples cpuRatioOfFirst(int count) {
      return Samples.of(java.util.Arrays.copyOf(cpuRatios, count));
    }

    Overhead summary(Environment environment, Selection kernels, int bits, long squarings) {
      return new Overhead(
          environment,
          kernels.chosen().name(),
          kernels.reason(),
          bits,
          squarings,
          Samples.of(cpuRatios),
          MedianInterval.of(cpuRatios),
          Samples.of(wallRatios),
          Samples.of(bareCpuMillis),
          Samples.of(solverCpuMillis),
          (double) checkpoints / cpuRatios.length,
          (double) progressEvents / cpuRatios.length);
    }
  }
}
