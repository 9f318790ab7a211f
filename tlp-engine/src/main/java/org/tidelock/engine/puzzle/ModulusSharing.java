package org.tidelock.engine.puzzle;

import java.time.Duration;

/** How many puzzles share a modulus. Whoever factors one modulus opens all puzzles over it. */
public sealed interface ModulusSharing {

  /**
   * A modulus for each puzzle, its factors wiped before the puzzle is handed out: for files, and
   * for messages that nothing but solving may open.
   */
  record OnePuzzleEach() implements ModulusSharing {}

  /**
   * A modulus for many puzzles, replaced when it has served its count or reached its age, whichever
   * comes first. Until then its factors are in memory, and nowhere else.
   *
   * @param puzzles at least 1
   * @param age positive
   */
  record Rotating(int puzzles, Duration age) implements ModulusSharing {
    public Rotating {
      if (puzzles < 1) {
        throw new IllegalArgumentException(
            "%d puzzles a modulus; at least 1 required".formatted(puzzles));
      }
      if (!age.isPositive()) {
        throw new IllegalArgumentException("age is %s; more than zero required".formatted(age));
      }
    }
  }
}
