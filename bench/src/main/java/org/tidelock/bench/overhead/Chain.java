package org.tidelock.bench.overhead;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;
import org.tidelock.engine.kernel.select.Selection;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.SquaringWork;
import org.tidelock.engine.solve.CheckpointStore;
import org.tidelock.engine.solve.SolveEvent;
import org.tidelock.engine.solve.SolveOutcome;
import org.tidelock.engine.solve.Solver;
import org.tidelock.engine.solve.SolverSettings;
import org.tidelock.engine.solve.StopSignal;

/** The same chain of squarings done twice: bare, and by the solver with everything it adds. */
final class Chain {

  private final Selection kernels;
  private final SquaringWork work;
  private final long squaringsACall;
  private final PrintStream nowhere =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  private BigInteger bareResult = BigInteger.ZERO;
  private BigInteger solverResult = BigInteger.ZERO;
  private int checkpointsSaved;
  private int progressEvents;

  /**
   * A chain with a random base.
   *
   * @param squaringsACall in the bare loop; as in the solver, a call takes some 20 ms
   */
  Chain(Selection kernels, BigInteger modulus, long squarings, long squaringsACall, Random random) {
    byte[] id = new byte[32];
    random.nextBytes(id);
    BigInteger base = new BigInteger(modulus.bitLength(), random).mod(modulus);
    this.kernels = kernels;
    this.work = new SquaringWork(modulus, base, squarings, Bytes.of(id));
    this.squaringsACall = squaringsACall;
  }

  /** The kernel and nothing else. */
  Cost bare() throws IOException {
    return Cost.of(this::squareBare);
  }

  /** The solver: checks, progress told and formatted, checkpoints below {@code folder} synced. */
  Cost solved(Path folder) throws IOException {
    CheckpointStore checkpoints = CheckpointStore.open(folder, work);
    try {
      return Cost.of(() -> solve(checkpoints));
    } finally {
      checkpoints.discard();
    }
  }

  /**
   * Both results are there and the same.
   *
   * @throws IllegalStateException if not
   */
  void requireAgreement() {
    if (!bareResult.equals(solverResult)) {
      throw new IllegalStateException("the solver and the bare loop reached different numbers");
    }
  }

  int checkpointsSaved() {
    return checkpointsSaved;
  }

  int progressEvents() {
    return progressEvents;
  }

  private void squareBare() {
    try (KernelSession session = kernels.chosen().open(work.modulus())) {
      KernelState state = session.newState(work.base());
      for (long left = work.squarings(); left > 0; left -= squaringsACall) {
        state.square(Math.min(left, squaringsACall));
      }
      bareResult = state.value();
    }
  }

  private void solve(CheckpointStore checkpoints) throws IOException {
    Solver solver =
        new Solver(work, SolverSettings.of(kernels), checkpoints, this::tell, new StopSignal());
    solverResult =
        switch (solver.solve()) {
          case SolveOutcome.Solved(BigInteger value, var report) -> {
            if (report.errorsCaught() != 0) {
              throw new IllegalStateException(
                  "%d errors were caught: this machine computes wrongly"
                      .formatted(report.errorsCaught()));
            }
            yield value;
          }
          case SolveOutcome.Interrupted _ ->
              throw new IllegalStateException("the solve was interrupted");
          case SolveOutcome.Abandoned abandoned ->
              throw new IllegalStateException(abandoned.advice());
        };
  }

  /** About what a command that prints progress does with it. */
  private void tell(SolveEvent event) {
    switch (event) {
      case SolveEvent.Progressed(var progress) -> {
        progressEvents++;
        nowhere.printf("%s%n", progress);
      }
      case SolveEvent.CheckpointSaved _ -> checkpointsSaved++;
      case SolveEvent.CheckpointFailed(long _, String reason) ->
          throw new UncheckedIOException(new IOException("checkpoint not saved: " + reason));
      case SolveEvent.Started _,
          SolveEvent.CheckpointSkipped _,
          SolveEvent.ErrorCaught _,
          SolveEvent.KernelSwitched _,
          SolveEvent.Finished _ -> {}
    }
  }
}
