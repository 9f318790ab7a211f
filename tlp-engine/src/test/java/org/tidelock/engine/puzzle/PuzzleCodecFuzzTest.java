package org.tidelock.engine.puzzle;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;

/** Hostile bytes give a puzzle that is written back as it was read, or a refusal. */
class PuzzleCodecFuzzTest {

  @FuzzTest(maxDuration = "2s")
  void readsOrRefuses(byte[] input) {
    Bytes encoded = Bytes.of(input);
    Puzzle puzzle;
    try {
      puzzle = Puzzle.decode(encoded, ModulusPolicy.INSECURE_ALLOW_SMALL);
    } catch (PuzzleFormatException refused) {
      return;
    }
    if (!puzzle.encoded().equals(encoded)) {
      throw new AssertionError("two encodings of one puzzle: " + encoded);
    }
    if (puzzle.open(BigInteger.TWO) instanceof OpenOutcome.Opened) {
      throw new AssertionError("opened without the solution: " + encoded);
    }
  }
}
