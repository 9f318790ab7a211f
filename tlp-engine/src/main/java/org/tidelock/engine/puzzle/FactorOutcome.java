package org.tidelock.engine.puzzle;

import java.math.BigInteger;

/** What came of opening a {@link ClassicPuzzle} by a factor. */
public sealed interface FactorOutcome {

  /**
   * The factor opened it.
   *
   * @param solution w = 2^(2^t) mod n
   */
  record Solved(BigInteger solution) implements FactorOutcome {}

  /**
   * The number given cannot open it.
   *
   * @param reason why, fit to be shown to a user
   */
  record NotUsable(String reason) implements FactorOutcome {}
}
