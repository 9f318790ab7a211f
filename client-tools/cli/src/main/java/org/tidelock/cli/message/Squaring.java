package org.tidelock.cli.message;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tidelock.cli.solving.PuzzleSolving;
import org.tidelock.cli.solving.PuzzleSource;
import org.tidelock.cli.solving.RunDocument;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.solve.SolveOutcome;
import org.tidelock.sdk.message.ReadMessage;

/** Solves a message's puzzle here, as {@code tidelock solve} does, checkpoints and progress too. */
final class Squaring implements ReadMessage.Solver {

  private final PuzzleSolving solving;
  private final String name;
  private Optional<PuzzleSource> puzzle = Optional.empty();
  private Optional<SolveOutcome.Solved> solved = Optional.empty();

  /**
   * Solves by {@code solving}.
   *
   * @param name what progress calls the message
   */
  Squaring(PuzzleSolving solving, String name) {
    this.solving = solving;
    this.name = name;
  }

  @Override
  public BigInteger solve(Puzzle sealed) {
    PuzzleSource source = new PuzzleSource.Sealed(name, sealed);
    puzzle = Optional.of(source);
    SolveOutcome.Solved outcome = solving.solveOne(source);
    solved = Optional.of(outcome);
    return outcome.value();
  }

  /** The content is safe on disk: the checkpoints serve nobody any more. */
  void forget() {
    if (solved.isPresent()) {
      puzzle.ifPresent(solving::forget);
    }
  }

  /** Whether the content is safe only its reader knows: long work stays. */
  void keepIfLong() {
    solved.ifPresent(
        outcome -> puzzle.ifPresent(source -> solving.keepIfLong(source, outcome.report())));
  }

  /** What the solver did, as fields of a document; none if it was not needed. */
  Map<String, Object> document() {
    return solved.map(outcome -> RunDocument.of(outcome.report())).orElseGet(LinkedHashMap::new);
  }
}
