package org.tidelock.cli.solving;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.terminal.Printable;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.engine.puzzle.ClassicMessage;
import org.tidelock.engine.puzzle.OpenOutcome;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.solve.SolveReport;

/**
 * A puzzle with its solution, as it is told.
 *
 * @param solution x^(2^T) mod N
 * @param message what a classic puzzle hides
 * @param report what the solver did; empty if a factor solved it
 */
public record SolvedPuzzle(
    PuzzleSource puzzle,
    BigInteger solution,
    Optional<ClassicMessage> message,
    Optional<SolveReport> report) {

  /**
   * Puts puzzle and solution together, and checks them against one another where that is possible.
   *
   * @throws CommandFailure if a puzzle of ours does not open with the solution: it was altered
   */
  public static SolvedPuzzle of(
      PuzzleSource puzzle, BigInteger solution, Optional<SolveReport> report) {
    return switch (puzzle) {
      case PuzzleSource.Classic(var name, var classic) ->
          new SolvedPuzzle(puzzle, solution, Optional.of(classic.message(solution)), report);
      case PuzzleSource.Sealed(String name, Puzzle sealed) -> {
        requireOpens(name, sealed.open(solution));
        yield new SolvedPuzzle(puzzle, solution, Optional.empty(), report);
      }
      case PuzzleSource.Locked(String name, var info) -> {
        requireOpens(name, info.puzzle().open(solution));
        yield new SolvedPuzzle(puzzle, solution, Optional.empty(), report);
      }
    };
  }

  private static void requireOpens(String name, OpenOutcome outcome) {
    switch (outcome) {
      case OpenOutcome.Opened opened -> opened.close();
      case OpenOutcome.WrongSolution(String reason) ->
          throw CommandFailure.damaged(name + ": " + reason, null);
      case OpenOutcome.Damaged(String reason) ->
          throw CommandFailure.damaged(name + ": " + reason, null);
    }
  }

  /** The fields of the JSON document. */
  public Map<String, Object> document() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("puzzle", puzzle.name());
    fields.put("solutionHex", solution.toString(16));
    message.ifPresent(
        found -> {
          fields.put("messageText", found.text().orElse(null));
          fields.put("messageHex", found.bytes().toHex());
        });
    fields.put("method", report.isPresent() ? "squaring" : "factor");
    report.ifPresent(run -> fields.putAll(RunDocument.of(run)));
    return fields;
  }

  /** The same in words, without a line end after the last line. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(Printable.line(puzzle.name()));
    message.ifPresent(
        found -> {
          found.text().ifPresent(text -> lines.add("  message         " + text));
          lines.add("  message (hex)   " + found.bytes().toHex());
        });
    lines.add("  solution (hex)  " + solution.toString(16));
    lines.add("  " + report.map(SolvedPuzzle::work).orElse("solved by the factor given"));
    return String.join("\n", lines);
  }

  private static String work(SolveReport run) {
    return "%s squarings in %s with %s, %s; errors caught and rolled back: %d"
        .formatted(
            Counts.grouped(run.squarings() - run.resumedFrom()),
            HumanTime.length(run.elapsed()),
            run.kernel(),
            Counts.rate(run.squaringsPerSecond()),
            run.errorsCaught());
  }
}
