package org.tidelock.engine.puzzle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Hostile text gives a puzzle that reads the same when written plainly, or a refusal. */
class ClassicTextFuzzTest {

  @FuzzTest(maxDuration = "2s")
  void readsOrRefuses(byte[] input) {
    ClassicPuzzle puzzle;
    try {
      puzzle = ClassicPuzzle.parse(new String(input, UTF_8));
    } catch (PuzzleFormatException refused) {
      return;
    }
    String plain =
        "t = %d\nn = %d\nz = %d"
            .formatted(puzzle.squarings(), puzzle.modulus(), puzzle.ciphertext());
    try {
      if (!ClassicPuzzle.parse(plain).equals(puzzle)) {
        throw new AssertionError("reads differently: " + plain);
      }
    } catch (PuzzleFormatException e) {
      throw new AssertionError("refused when written plainly: " + plain, e);
    }
  }
}
