package org.tidelock.bench.soak;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tidelock.bench.CommonOptions;
import org.tidelock.bench.SolverOptions;
import org.tidelock.bench.report.Environment;
import org.tidelock.engine.kernel.select.Selection;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.SquaringWork;
import org.tidelock.engine.solve.CheckpointStore;
import org.tidelock.engine.solve.SolveEvent;
import org.tidelock.engine.solve.SolveOutcome;
import org.tidelock.engine.solve.SolveProgress;
import org.tidelock.engine.solve.Solver;
import org.tidelock.engine.solve.SolverSettings;
import org.tidelock.engine.solve.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the solver for hours on a puzzle whose answer is known, and counts failed checks. */
@Command(
    name = "soak",
    description = "Solves for hours and compares with the trapdoor's answer; Ctrl-C ends it early.")
public final class SoakCommand implements Callable<Integer> {

  private static final long LINE_NANOS = Duration.ofMinutes(1).toNanos();

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private SolverOptions solver = new SolverOptions();

  @Option(names = "--hours", description = "About how long (default: ${DEFAULT-VALUE}).")
  private double hours = 1;

  private final StopSignal stop = new StopSignal();
  private final CountDownLatch done = new CountDownLatch(1);
  private long checkpointsSaved;
  private long lastLine = System.nanoTime();

  @Override
  public Integer call() throws IOException {
    common.require(hours > 0, "--hours is " + hours + "; more than 0 required");
    Environment environment = common.environment("soak");
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait));
    try {
      Soak soak = soak(environment);
      String page = soak.toMarkdown();
      System.out.print(page);
      common.results().write("soak.md", page);
      common.results().writeJson("soak.json", soak);
      return soak.clean() ? 0 : 1;
    } finally {
      done.countDown();
    }
  }

  private Soak soak(Environment environment) throws IOException {
    Selection kernels = solver.kernels();
    double nanos = solver.timing(kernels).medianNanos();
    long squarings = Math.max(1, (long) (hours * 3600e9 / nanos));
    SecureRandom random = new SecureRandom();
    BigInteger p = BigInteger.probablePrime(solver.bits() / 2, random);
    BigInteger q = BigInteger.probablePrime(solver.bits() - solver.bits() / 2, random);
    BigInteger modulus = p.multiply(q);
    BigInteger base = new BigInteger(solver.bits(), random).mod(modulus);
    byte[] id = new byte[32];
    random.nextBytes(id);
    SquaringWork work = new SquaringWork(modulus, base, squarings, Bytes.of(id));
    System.err.printf(
        "%s (%s), %d bits: %,d squarings%n",
        kernels.chosen().name(), kernels.reason(), solver.bits(), squarings);

    CheckpointStore checkpoints = CheckpointStore.open(solver.workDir(), work);
    try {
      SolveOutcome outcome =
          new Solver(work, SolverSettings.of(kernels), checkpoints, this::tell, stop).solve();
      String verdict =
          switch (outcome) {
            case SolveOutcome.Solved(BigInteger value, var _) ->
                value.equals(byTrapdoor(work, p, q)) ? "right" : "wrong";
            case SolveOutcome.Interrupted _ -> "stopped";
            case SolveOutcome.Abandoned _ -> "abandoned";
          };
      var report = outcome.report();
      return new Soak(
          environment,
          report.kernel(),
          solver.bits(),
          squarings,
          report.position(),
          report.elapsed().toNanos() / 3600e9,
          report.squaringsPerSecond(),
          report.errorsCaught(),
          report.kernelSwitches(),
          checkpointsSaved,
          verdict);
    } finally {
      checkpoints.discard();
    }
  }

  /** The exponent 2^T shrinks modulo the order of the group, a multiple of every element's. */
  private static BigInteger byTrapdoor(SquaringWork work, BigInteger p, BigInteger q) {
    BigInteger order = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
    BigInteger exponent = BigInteger.TWO.modPow(BigInteger.valueOf(work.squarings()), order);
    return work.base().modPow(exponent, work.modulus());
  }

  private void tell(SolveEvent event) {
    switch (event) {
      case SolveEvent.Progressed(SolveProgress progress) -> {
        if (System.nanoTime() - lastLine >= LINE_NANOS) {
          lastLine = System.nanoTime();
          System.err.println(progress);
        }
      }
      case SolveEvent.CheckpointSaved _ -> checkpointsSaved++;
      case SolveEvent.ErrorCaught _,
          SolveEvent.KernelSwitched _,
          SolveEvent.CheckpointFailed _,
          SolveEvent.CheckpointSkipped _ ->
          System.err.println(event);
      case SolveEvent.Started _, SolveEvent.Finished _ -> {}
    }
  }

  /** On Ctrl-C: what is verified so far is reported before the process ends. */
  private void stopAndWait() {
    stop.request();
    try {
      done.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
