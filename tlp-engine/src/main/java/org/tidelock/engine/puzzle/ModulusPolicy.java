package org.tidelock.engine.puzzle;

/** Which sizes of modulus are accepted from others. Puzzles of our own are never smaller. */
public enum ModulusPolicy {
  /** At least 2048 bits, and 2000 in the classic form, whose best known puzzle has 2046. */
  STANDARD,

  /**
   * Any size, for puzzles made elsewhere: a small modulus is factored, and then the puzzle opens at
   * once. Below 64 bits, where every composite has small factors, those are no reason to refuse.
   */
  INSECURE_ALLOW_SMALL
}
