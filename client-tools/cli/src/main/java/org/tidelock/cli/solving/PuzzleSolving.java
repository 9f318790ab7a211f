package org.tidelock.cli.solving;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.engine.solve.CheckpointStore;
import org.tidelock.engine.solve.InjectedError;
import org.tidelock.engine.solve.SolveOutcome;
import org.tidelock.engine.solve.SolveQueue;
import org.tidelock.engine.solve.SolverSettings;

/**
 * Solves puzzles with checkpoints below a work folder, one a core, and shows how it goes. A signal
 * saves the work and ends it.
 */
public final class PuzzleSolving {

  private final Invocation invocation;
  private final ThisMachine machine;
  private final Path workDir;
  private final Duration checkpointInterval;
  private final List<InjectedError> injectedErrors;

  /**
   * A solving run.
   *
   * @param workDir gets a folder for each puzzle; made if missing
   * @param checkpointInterval wall time between verified states on disk
   * @param injectedErrors damage done on purpose; empty but in tests
   */
  public PuzzleSolving(
      Invocation invocation,
      ThisMachine machine,
      Path workDir,
      Duration checkpointInterval,
      List<InjectedError> injectedErrors) {
    this.invocation = invocation;
    this.machine = machine;
    this.workDir = workDir;
    this.checkpointInterval = checkpointInterval;
    this.injectedErrors = List.copyOf(injectedErrors);
  }

  /** Solves them all and returns how each ended, in the order given. */
  public List<SolveQueue.Result> solve(List<PuzzleSource> puzzles) {
    Map<Integer, SolverSettings> settings = settingsByLength(puzzles);
    invocation.interruption().commandSaves();
    try (ProgressView view =
        new ProgressView(invocation.console(), invocation.reporter(), puzzles)) {
      SolveQueue queue =
          new SolveQueue(
              Runtime.getRuntime().availableProcessors(),
              workDir,
              work -> Objects.requireNonNull(settings.get(work.modulus().bitLength())),
              invocation.interruption().stop());
      return queue.solveAll(jobs(puzzles, view));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted", e);
    }
  }

  /**
   * The solution of a single puzzle.
   *
   * @throws CommandFailure if it was interrupted or given up, with its exit code
   */
  public SolveOutcome.Solved solveOne(PuzzleSource puzzle) {
    return required(puzzle.name(), solve(List.of(puzzle)).getFirst());
  }

  /** The solved outcome, or the failure that a result stands for. */
  public SolveOutcome.Solved required(String name, SolveQueue.Result result) {
    return switch (result) {
      case SolveQueue.Result.Ended(SolveOutcome.Solved solved) -> solved;
      case SolveQueue.Result.Ended(SolveOutcome.Interrupted(var report)) ->
          throw new CommandFailure(
              ExitCode.INTERRUPTED,
              "%s: interrupted at %.2f%%; saved in %s, run the same command again to go on"
                  .formatted(name, 100.0 * report.position() / report.squarings(), workDir));
      case SolveQueue.Result.Ended(SolveOutcome.Abandoned(String advice, var report)) ->
          throw new CommandFailure(ExitCode.ERROR, name + ": " + advice);
      case SolveQueue.Result.Broken(Exception cause) -> throw broken(name, cause);
    };
  }

  /** Removes the checkpoints of a puzzle whose content is safe elsewhere. */
  public void forget(PuzzleSource puzzle) {
    try {
      CheckpointStore.open(workDir, puzzle.work()).discard();
    } catch (IOException e) {
      invocation
          .reporter()
          .warning(
              "%s: cannot remove its checkpoints in %s: %s"
                  .formatted(puzzle.name(), workDir, e.getMessage()));
    }
  }

  private static CommandFailure broken(String name, Exception cause) {
    if (cause instanceof CommandFailure known) {
      return known;
    }
    return new CommandFailure(
        ExitCode.ERROR, "%s: cannot solve: %s".formatted(name, cause.getMessage()), cause);
  }

  /** Kernels are chosen before the workers start, so that measuring them is not disturbed. */
  private Map<Integer, SolverSettings> settingsByLength(List<PuzzleSource> puzzles) {
    Map<Integer, SolverSettings> settings = new HashMap<>();
    for (PuzzleSource puzzle : puzzles) {
      settings.computeIfAbsent(
          puzzle.work().modulus().bitLength(),
          bits -> new SolverSettings(machine.kernels(bits), checkpointInterval, injectedErrors));
    }
    return settings;
  }

  private static List<SolveQueue.Job> jobs(List<PuzzleSource> puzzles, ProgressView view) {
    List<SolveQueue.Job> jobs = new ArrayList<>();
    for (int i = 0; i < puzzles.size(); i++) {
      jobs.add(new SolveQueue.Job(puzzles.get(i).work(), 0, view.listener(i)));
    }
    return jobs;
  }
}
