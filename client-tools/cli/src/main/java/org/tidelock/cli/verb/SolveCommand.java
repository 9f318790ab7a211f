package org.tidelock.cli.verb;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.files.InputFile;
import org.tidelock.cli.solving.ModulusOption;
import org.tidelock.cli.solving.NumberText;
import org.tidelock.cli.solving.PuzzleBatch;
import org.tidelock.cli.solving.PuzzleReader;
import org.tidelock.cli.solving.PuzzleResult;
import org.tidelock.cli.solving.PuzzleSource;
import org.tidelock.cli.solving.SolvedPuzzle;
import org.tidelock.cli.solving.SolvingOptions;
import org.tidelock.cli.terminal.Reporter;
import org.tidelock.engine.puzzle.FactorOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock solve}: computes the solutions of puzzles, without opening what they lock. */
@Command(
    name = "solve",
    sortOptions = false,
    description = {
      "Compute the solution of one or more puzzles.",
      "",
      "Many are solved side by side, one a core.",
      "",
      "Reads lock files; puzzles in their canonical encoding; messages that were exported, and the",
      "server's view of a message's puzzle; and classic puzzles: any text with lines t = ...,",
      "n = ..., z = ... as published in 1996 and 1999.",
      ""
    },
    footer = {
      "",
      "Work is saved every few seconds. After Ctrl-C, a crash or a power cut, the same command goes",
      "on where it was. Of several files all that can be solved are, whatever is wrong with others."
    })
public final class SolveCommand implements Verb {

  /** First what the same command can go on with, then what it cannot, then what no command can. */
  private static final List<ExitCode> WORST_FIRST =
      List.of(ExitCode.INTERRUPTED, ExitCode.ERROR, ExitCode.WRONG_KEY_OR_DAMAGED, ExitCode.DONE);

  @Parameters(paramLabel = "PUZZLE", arity = "1..*", description = "Files to solve.")
  private List<Path> files = List.of();

  @Option(
      names = "--factor",
      paramLabel = "P",
      converter = NumberText.class,
      description = "A prime factor of a classic puzzle's n: opens it at once.")
  private @Nullable BigInteger factor;

  @Mixin private SolvingOptions solvingOptions = new SolvingOptions();

  @Mixin private ModulusOption modulusOption = new ModulusOption();

  private final Invocation invocation;

  public SolveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    InputFile.requireStandardInputOnce(List.copyOf(files));
    return factor != null ? solveByFactor(factor) : solveBySquaring();
  }

  private ExitCode solveByFactor(BigInteger factor) {
    if (files.size() == 1
        && reader().read(files.getFirst()) instanceof PuzzleSource.Classic puzzle) {
      report(List.of(new PuzzleResult.Solved(opened(puzzle, factor))));
      return ExitCode.DONE;
    }
    throw CommandFailure.usage("--factor opens one classic puzzle; solve others without it");
  }

  private static SolvedPuzzle opened(PuzzleSource.Classic classic, BigInteger factor) {
    return switch (classic.puzzle().solveByFactor(factor)) {
      case FactorOutcome.Solved(BigInteger solution) ->
          SolvedPuzzle.of(classic, solution, Optional.empty());
      case FactorOutcome.NotUsable(String reason) ->
          throw CommandFailure.damaged("--factor: " + reason, null);
    };
  }

  private ExitCode solveBySquaring() {
    PuzzleBatch batch =
        new PuzzleBatch(
            reader(),
            solvingOptions.solving(invocation),
            modulusOption.policy(),
            invocation.reporter());
    List<PuzzleResult> results = batch.solve(files);
    report(results);
    batch.settle(results);
    return worst(results);
  }

  private PuzzleReader reader() {
    return new PuzzleReader(invocation.console(), modulusOption.policy());
  }

  private void report(List<PuzzleResult> results) {
    if (results.size() == 1) {
      reportOne(results.getFirst());
      return;
    }
    if (invocation.options().json()) {
      invocation.reporter().result(document(results), "");
      return;
    }
    String solved =
        results.stream()
            .filter(PuzzleResult.Solved.class::isInstance)
            .map(result -> ((PuzzleResult.Solved) result).puzzle().text())
            .collect(Collectors.joining("\n\n"));
    if (!solved.isEmpty()) {
      invocation.reporter().result(Map.of(), solved);
    }
    failures(results).forEach(f -> invocation.reporter().error(f.failure().getMessage()));
  }

  private void reportOne(PuzzleResult result) {
    switch (result) {
      case PuzzleResult.Solved(SolvedPuzzle puzzle) ->
          invocation.reporter().result(puzzle.document(), puzzle.text());
      case PuzzleResult.Failed(var name, CommandFailure failure) -> throw failure;
    }
  }

  /**
   * All results in the order of the files; and, as with any failure, an error where there is one.
   */
  private static Map<String, Object> document(List<PuzzleResult> results) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("results", results.stream().map(PuzzleResult::document).toList());
    List<PuzzleResult.Failed> failed = failures(results);
    if (!failed.isEmpty()) {
      ExitCode worst = worst(results);
      String names =
          failed.stream().map(PuzzleResult.Failed::name).collect(Collectors.joining(", "));
      fields.put(
          "error",
          Reporter.error(
              worst.label(),
              worst.number(),
              "%d of %d files not solved: %s".formatted(failed.size(), results.size(), names)));
    }
    return fields;
  }

  private static List<PuzzleResult.Failed> failures(List<PuzzleResult> results) {
    return results.stream()
        .filter(PuzzleResult.Failed.class::isInstance)
        .map(PuzzleResult.Failed.class::cast)
        .toList();
  }

  private static ExitCode worst(List<PuzzleResult> results) {
    return WORST_FIRST.stream()
        .filter(code -> results.stream().anyMatch(result -> result.exitCode() == code))
        .findFirst()
        .orElse(ExitCode.ERROR);
  }
}
