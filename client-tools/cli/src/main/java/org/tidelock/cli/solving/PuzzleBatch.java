package org.tidelock.cli.solving;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.files.InputFile;
import org.tidelock.cli.terminal.Reporter;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.engine.solve.SolveOutcome;
import org.tidelock.engine.solve.SolveQueue;

/**
 * Solves the puzzles of many files: each puzzle once, however many of the files hold it, and the
 * sound ones whatever is wrong with the others.
 */
public final class PuzzleBatch {

  /** What reading a file gave. */
  private sealed interface Reading {

    record Sound(PuzzleSource puzzle) implements Reading {}

    record Refused(String name, CommandFailure failure) implements Reading {}
  }

  private final PuzzleReader reader;
  private final PuzzleSolving solving;
  private final ModulusPolicy policy;
  private final Reporter reporter;

  /**
   * A batch.
   *
   * @param policy which moduli are worth solving
   */
  public PuzzleBatch(
      PuzzleReader reader, PuzzleSolving solving, ModulusPolicy policy, Reporter reporter) {
    this.reader = reader;
    this.solving = solving;
    this.policy = policy;
    this.reporter = reporter;
  }

  /** Solves them all and returns how each ended, in the order given. */
  public List<PuzzleResult> solve(List<Path> files) {
    List<Reading> readings = files.stream().map(this::read).toList();
    warnOfRefused(readings);
    Map<Bytes, SolveQueue.Result> results = solveOnceEach(readings);
    return readings.stream().map(reading -> result(reading, results)).toList();
  }

  private Reading read(Path file) {
    try {
      PuzzleSource puzzle = reader.read(file);
      requireWorthwhile(puzzle);
      return new Reading.Sound(puzzle);
    } catch (CommandFailure refused) {
      return new Reading.Refused(InputFile.name(file), refused);
    }
  }

  private void requireWorthwhile(PuzzleSource puzzle) {
    if (puzzle instanceof PuzzleSource.Classic(String name, var classic)) {
      try {
        classic.requireSound(policy);
      } catch (PuzzleFormatException e) {
        throw new CommandFailure(ExitCode.ERROR, name + ": " + e.getMessage(), e);
      }
    }
  }

  /** Said before what may be weeks of work on the others. */
  private void warnOfRefused(List<Reading> readings) {
    if (readings.stream().noneMatch(Reading.Sound.class::isInstance)) {
      return;
    }
    for (Reading reading : readings) {
      if (reading instanceof Reading.Refused(var name, var failure)) {
        reporter.warning(failure.getMessage() + "; going on with the others");
      }
    }
  }

  private Map<Bytes, SolveQueue.Result> solveOnceEach(List<Reading> readings) {
    Map<Bytes, PuzzleSource> distinct = new LinkedHashMap<>();
    for (Reading reading : readings) {
      if (reading instanceof Reading.Sound(PuzzleSource puzzle)) {
        distinct.putIfAbsent(puzzle.work().id(), puzzle);
      }
    }
    List<PuzzleSource> puzzles = List.copyOf(distinct.values());
    List<SolveQueue.Result> ended = puzzles.isEmpty() ? List.of() : solving.solve(puzzles);
    Map<Bytes, SolveQueue.Result> results = new LinkedHashMap<>();
    for (int i = 0; i < puzzles.size(); i++) {
      results.put(puzzles.get(i).work().id(), ended.get(i));
    }
    return results;
  }

  private PuzzleResult result(Reading reading, Map<Bytes, SolveQueue.Result> results) {
    return switch (reading) {
      case Reading.Refused(String name, CommandFailure failure) ->
          new PuzzleResult.Failed(name, failure);
      case Reading.Sound(PuzzleSource puzzle) ->
          result(puzzle, Objects.requireNonNull(results.get(puzzle.work().id())));
    };
  }

  private PuzzleResult result(PuzzleSource puzzle, SolveQueue.Result ended) {
    try {
      SolveOutcome.Solved solved = solving.required(puzzle.name(), ended);
      return new PuzzleResult.Solved(checked(puzzle, solved));
    } catch (CommandFailure failure) {
      return new PuzzleResult.Failed(puzzle.name(), failure);
    }
  }

  private SolvedPuzzle checked(PuzzleSource puzzle, SolveOutcome.Solved solved) {
    try {
      return SolvedPuzzle.of(puzzle, solved.value(), Optional.of(solved.report()));
    } catch (CommandFailure altered) {
      solving.forget(puzzle);
      throw altered;
    }
  }

  /** Lets go of the checkpoints that serve nobody any more; for when the results have been told. */
  public void settle(List<PuzzleResult> results) {
    for (PuzzleResult result : results) {
      if (result instanceof PuzzleResult.Solved(SolvedPuzzle solved)) {
        solved.report().ifPresent(report -> solving.keepIfLong(solved.puzzle(), report));
      }
    }
  }
}
