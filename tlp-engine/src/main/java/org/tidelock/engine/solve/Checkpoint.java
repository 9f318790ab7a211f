package org.tidelock.engine.solve;

import java.math.BigInteger;
import org.tidelock.engine.puzzle.Bytes;

/**
 * A verified state of a chain, as it is kept on disk.
 *
 * <p>Checkpoints are made only where a block's check has just passed. There the check begins anew
 * with u_0 = d_0 = state, so the state is the only check value to keep.
 *
 * @param puzzleId SHA-256 of the puzzle
 * @param squarings T
 * @param position squarings done, from 1 to T
 * @param state {@code x^(2^position) mod N}
 * @param errorsCaught errors caught and rolled back up to here
 */
public record Checkpoint(
    Bytes puzzleId, long squarings, long position, BigInteger state, int errorsCaught) {

  public Checkpoint {
    if (puzzleId.length() != 32) {
      throw new IllegalArgumentException(
          "puzzle id has %d bytes; 32 required".formatted(puzzleId.length()));
    }
    if (position < 1 || position > squarings) {
      throw new IllegalArgumentException(
          "position %d lies outside 1 to %d".formatted(position, squarings));
    }
    if (state.signum() < 0 || errorsCaught < 0) {
      throw new IllegalArgumentException("state and errors caught cannot be negative");
    }
  }
}
