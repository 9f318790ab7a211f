package org.tidelock.cli.solving;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.terminal.Reporter;

/** How one of several files to solve ended. */
public sealed interface PuzzleResult {

  /** What it means for the exit code. */
  ExitCode exitCode();

  /** The fields of the JSON document. */
  Map<String, Object> document();

  /** Solved. */
  record Solved(SolvedPuzzle puzzle) implements PuzzleResult {

    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Map<String, Object> document() {
      return puzzle.document();
    }
  }

  /**
   * Not solved.
   *
   * @param name the file as the user named it
   */
  record Failed(String name, CommandFailure failure) implements PuzzleResult {

    @Override
    public ExitCode exitCode() {
      return failure.exitCode();
    }

    @Override
    public Map<String, Object> document() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("puzzle", name);
      fields.put(
          "error", Reporter.error(exitCode().label(), exitCode().number(), failure.getMessage()));
      return fields;
    }
  }
}
