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
import org.tidelock.cli.files.FileTrouble;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.engine.solve.CheckpointStore;
import org.tidelock.engine.solve.InjectedError;
import org.tidelock.engine.solve.SolveOutcome;
import org.tidelock.engine.solve.SolveQueue;
import org.tidelock.engine.solve.SolveReport;
import org.tidelock.engine.solve.SolverSettings;
import org.tidelock.engine.solve.WorkInUseException;

/**
 * Solves puzzles with checkpoints below a work folder, one a core, and shows how it goes. A signal
 * saves the work and ends it.
 */
public final class PuzzleSolving {

  private static final Duration WORTH_KEEPING = Duration.ofMinutes(1);

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
    requireWithin(puzzles);
    Map<Integer, SolverSettings> settings = settingsByLength(puzzles);
    invocation.interruption().commandDecidesEnd();
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

  /** Resumable only as far as it could be saved. */
  private CommandFailure interrupted(String name, SolveReport report) {
    double percent = 100.0 * report.position() / report.squarings();
    if (report.savedPosition() == report.position()) {
      return new CommandFailure(
          ExitCode.INTERRUPTED,
          "%s: interrupted at %.2f%%; saved in %s, run the same command again to go on"
              .formatted(name, percent, workDir));
    }
    double saved = 100.0 * report.savedPosition() / report.squarings();
    return new CommandFailure(
        report.savedPosition() > 0 ? ExitCode.INTERRUPTED : ExitCode.ERROR,
        "%s: interrupted at %.2f%%, of which %.2f%% could be saved in %s; make room there, and run the same command again"
            .formatted(name, percent, saved, workDir));
  }

  /** An error that nothing passes by would be a test that tests nothing. */
  private void requireWithin(List<PuzzleSource> puzzles) {
    long longest = puzzles.stream().mapToLong(p -> p.work().squarings()).max().orElse(0);
    for (InjectedError error : injectedErrors) {
      if (error.position() > longest) {
        throw CommandFailure.usage(
            "--inject-error at %d lies beyond the end; at most %d squarings are done"
                .formatted(error.position(), longest));
      }
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
          throw interrupted(name, report);
      case SolveQueue.Result.Ended(SolveOutcome.Abandoned(String advice, var report)) ->
          throw new CommandFailure(ExitCode.ERROR, name + ": " + advice);
      case SolveQueue.Result.Broken(Exception cause) -> throw broken(name, cause);
    };
  }

  /**
   * Removes the checkpoints of a solved puzzle that took less than a minute: to do it again costs
   * no more than to keep them. Longer work stays for whoever asks again: whether a pipe's reader
   * has the result safe, only the reader knows.
   */
  public void keepIfLong(PuzzleSource puzzle, SolveReport report) {
    if (work(puzzle, report).compareTo(WORTH_KEEPING) < 0) {
      forget(puzzle);
    }
  }

  /** How long all of it takes; a run that only found it done tells nothing about that. */
  private Duration work(PuzzleSource puzzle, SolveReport report) {
    double rate = report.squaringsPerSecond();
    return rate > 0
        ? Duration.ofSeconds((long) Math.min(report.squarings() / rate, 1e15))
        : machine.estimate(report.squarings(), puzzle.work().modulus().bitLength()).here();
  }

  /** Removes the checkpoints of a puzzle: they serve nobody any more. */
  public void forget(PuzzleSource puzzle) {
    try {
      CheckpointStore.open(workDir, puzzle.work()).discard();
    } catch (IOException e) {
      invocation
          .reporter()
          .warning(
              "%s: cannot remove its checkpoints in %s: %s"
                  .formatted(puzzle.name(), workDir, FileTrouble.reason(e)));
    }
  }

  private CommandFailure broken(String name, Exception cause) {
    String reason =
        switch (cause) {
          case CommandFailure known -> throw known;
          case WorkInUseException busy -> String.valueOf(busy.getMessage());
          case IOException unusable ->
              "cannot keep checkpoints in %s: %s; name another folder with --work-dir"
                  .formatted(workDir, FileTrouble.reason(unusable));
          default -> "cannot solve: " + cause;
        };
    return new CommandFailure(ExitCode.ERROR, name + ": " + reason, cause);
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
