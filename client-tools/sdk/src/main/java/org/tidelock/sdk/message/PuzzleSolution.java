package org.tidelock.sdk.message;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import org.tidelock.engine.kernel.select.KernelSelector;
import org.tidelock.engine.puzzle.OpenOutcome;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.solve.CheckpointStore;
import org.tidelock.engine.solve.SolveListener;
import org.tidelock.engine.solve.SolveOutcome;
import org.tidelock.engine.solve.SolveReport;
import org.tidelock.engine.solve.Solver;
import org.tidelock.engine.solve.SolverSettings;
import org.tidelock.engine.solve.StopSignal;
import org.tidelock.protocol.suite.SecretBytes;

/** Gets the challenge key out of a puzzle: by squaring, or by a solution that somebody found. */
final class PuzzleSolution {

  private final Puzzle puzzle;

  PuzzleSolution(Puzzle puzzle) {
    this.puzzle = puzzle;
  }

  /** What came of it. */
  sealed interface Outcome {

    /** The challenge key; the caller closes it. */
    record Found(SecretBytes challengeKey) implements Outcome {}

    /** Stopped; checkpoints are kept. */
    record Interrupted(SolveReport report) implements Outcome {}

    /** No solution, with the reason. */
    record None(String reason) implements Outcome {}
  }

  /**
   * Squares, from the last checkpoint on.
   *
   * @param workDir where checkpoints lie; they are removed by {@link #forget}
   */
  Outcome solve(Path workDir, SolveListener listener, StopSignal stop) throws IOException {
    SolverSettings settings = SolverSettings.of(KernelSelector.ofAll().select(puzzle.bits()));
    try (CheckpointStore checkpoints = CheckpointStore.open(workDir, puzzle.work())) {
      return switch (new Solver(puzzle.work(), settings, checkpoints, listener, stop).solve()) {
        case SolveOutcome.Solved(BigInteger value, SolveReport _) -> open(value);
        case SolveOutcome.Interrupted(SolveReport report) -> new Outcome.Interrupted(report);
        case SolveOutcome.Abandoned(String advice, SolveReport _) -> new Outcome.None(advice);
      };
    }
  }

  /** Lets somebody else find it. */
  Outcome ask(ReadMessage.Solver solver) throws IOException {
    return open(solver.solve(puzzle));
  }

  /** Takes a solution that somebody found, if it is one. */
  Outcome open(BigInteger solution) {
    return switch (puzzle.open(solution)) {
      case OpenOutcome.Opened opened -> {
        try (opened) {
          yield new Outcome.Found(SecretBytes.copyOf(opened.revealPayload()));
        }
      }
      case OpenOutcome.WrongSolution(String reason) -> new Outcome.None(reason);
      case OpenOutcome.Damaged(String reason) -> new Outcome.None(reason);
    };
  }

  /** Removes the checkpoints: the content is safe elsewhere. */
  void forget(Path workDir) throws IOException {
    CheckpointStore.open(workDir, puzzle.work()).discard();
  }
}
