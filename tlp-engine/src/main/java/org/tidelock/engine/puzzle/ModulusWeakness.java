package org.tidelock.engine.puzzle;

/**
 * A reason not to trust a modulus: whoever knows of it opens the puzzle without the work.
 *
 * @param kind which rule is broken
 * @param message the value, the rule and the remedy, fit to be shown to a user
 */
public record ModulusWeakness(Kind kind, String message) {

  /** The rules a modulus can break. */
  public enum Kind {
    /** Few enough bits to be factored. */
    SHORT,
    /** Divisible by 2; no kernel takes it. */
    EVEN,
    /** Divisible by an odd prime below 2^20. */
    SMALL_FACTOR,
    /** Prime, so that its group's order is known. */
    PRIME,
    /** A power of a smaller number, which a root finds. */
    PERFECT_POWER
  }
}
