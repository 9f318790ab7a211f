package org.tidelock.cli.verb;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.solving.NumberText;
import org.tidelock.cli.solving.PuzzleReader;
import org.tidelock.cli.solving.PuzzleSolving;
import org.tidelock.cli.solving.PuzzleSource;
import org.tidelock.cli.solving.SolvedPuzzle;
import org.tidelock.engine.puzzle.FactorOutcome;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.engine.solve.SolveQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock solve}: computes the solutions of puzzles, without opening what they lock. */
@Command(
    name = "solve",
    sortOptions = false,
    description = {
      "Compute the solution of one or more puzzles; many are solved side by side, one a core.",
      "",
      "Reads lock files, puzzles in their canonical encoding, and classic puzzles: any text with",
      "lines t = ..., n = ..., z = ... as published in 1996 and 1999.",
      ""
    },
    footer = {
      "",
      "Work is saved every few seconds. After Ctrl-C, a crash or a power cut, the same command goes",
      "on where it was."
    })
public final class SolveCommand implements Verb {

  @Parameters(paramLabel = "PUZZLE", arity = "1..*", description = "Files to solve.")
  private List<Path> files = List.of();

  @Option(
      names = "--factor",
      paramLabel = "P",
      converter = NumberText.class,
      description = "A prime factor of a classic puzzle's n: opens it at once.")
  private @Nullable BigInteger factor;

  @Mixin private SolvingOptions solvingOptions = new SolvingOptions();

  private final Invocation invocation;

  public SolveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    PuzzleSolving solving = solvingOptions.solving(invocation);
    List<PuzzleSource> puzzles = readPuzzles();
    List<SolvedPuzzle> solved =
        factor != null ? solveByFactor(puzzles, factor) : solveBySquaring(puzzles, solving);
    report(solved);
    return ExitCode.DONE;
  }

  private List<PuzzleSource> readPuzzles() {
    PuzzleReader reader = new PuzzleReader(invocation.console(), solvingOptions.policy());
    return files.stream().map(reader::read).toList();
  }

  private static List<SolvedPuzzle> solveByFactor(List<PuzzleSource> puzzles, BigInteger factor) {
    if (puzzles.size() == 1 && puzzles.getFirst() instanceof PuzzleSource.Classic classic) {
      return switch (classic.puzzle().solveByFactor(factor)) {
        case FactorOutcome.Solved(BigInteger solution) ->
            List.of(SolvedPuzzle.of(classic, solution, Optional.empty()));
        case FactorOutcome.NotUsable(String reason) ->
            throw new CommandFailure(ExitCode.WRONG_KEY_OR_DAMAGED, "--factor: " + reason);
      };
    }
    throw CommandFailure.usage("--factor opens one classic puzzle; solve others without it");
  }

  private List<SolvedPuzzle> solveBySquaring(List<PuzzleSource> puzzles, PuzzleSolving solving) {
    puzzles.forEach(this::requireWorthwhile);
    List<SolveQueue.Result> results = solving.solve(puzzles);
    List<SolvedPuzzle> solved = new ArrayList<>();
    List<CommandFailure> failed = new ArrayList<>();
    for (int i = 0; i < puzzles.size(); i++) {
      PuzzleSource puzzle = puzzles.get(i);
      try {
        var outcome = solving.required(puzzle.name(), results.get(i));
        solved.add(SolvedPuzzle.of(puzzle, outcome.value(), Optional.of(outcome.report())));
      } catch (CommandFailure e) {
        failed.add(e);
      }
    }
    if (!failed.isEmpty()) {
      failAfterReporting(solved, failed);
    }
    return solved;
  }

  private void requireWorthwhile(PuzzleSource puzzle) {
    if (puzzle instanceof PuzzleSource.Classic(String name, var classic)) {
      try {
        classic.requireSound(solvingOptions.policy());
      } catch (PuzzleFormatException e) {
        throw new CommandFailure(ExitCode.ERROR, name + ": " + e.getMessage(), e);
      }
    }
  }

  private void failAfterReporting(List<SolvedPuzzle> solved, List<CommandFailure> failed) {
    if (!invocation.options().json() && !solved.isEmpty()) {
      report(solved);
    }
    failed.stream().skip(1).forEach(failure -> invocation.reporter().warning(failure.getMessage()));
    throw failed.getFirst();
  }

  private void report(List<SolvedPuzzle> solved) {
    List<Map<String, Object>> documents = solved.stream().map(SolvedPuzzle::document).toList();
    String text = String.join("\n\n", solved.stream().map(SolvedPuzzle::text).toList());
    invocation
        .reporter()
        .result(documents.size() == 1 ? documents.getFirst() : Map.of("results", documents), text);
  }
}
