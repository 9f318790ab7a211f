package org.tidelock.engine.puzzle;

/** What came of opening a puzzle with a claimed solution. */
public sealed interface OpenOutcome {

  /**
   * The payload. A secret: whoever is done with it calls {@link #close}, which overwrites it. Not
   * thread-safe.
   */
  final class Opened implements OpenOutcome, AutoCloseable {

    private final byte[] payload;

    Opened(byte[] payload) {
      this.payload = payload;
    }

    /** The payload itself, not a copy; zeros after {@link #close}. */
    public byte[] revealPayload() {
      return payload;
    }

    @Override
    public void close() {
      java.util.Arrays.fill(payload, (byte) 0);
    }
  }

  /**
   * The key made from the solution is not the one the puzzle is committed to.
   *
   * @param reason what was found, fit to be shown to a user
   */
  record WrongSolution(String reason) implements OpenOutcome {}

  /**
   * The solution is right, and the ciphertext is not what was written.
   *
   * @param reason what was found, fit to be shown to a user
   */
  record Damaged(String reason) implements OpenOutcome {}
}
