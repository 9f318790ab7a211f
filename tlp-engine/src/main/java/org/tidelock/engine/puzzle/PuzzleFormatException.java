package org.tidelock.engine.puzzle;

/**
 * Bytes or text that are not a puzzle, or a puzzle that must not be trusted. The message names the
 * value, the rule it breaks and, where there is one, the remedy; it is fit to be shown to a user.
 */
public final class PuzzleFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  public PuzzleFormatException(String message) {
    super(message);
  }
}
