package org.tidelock.engine.solve;

import java.math.BigInteger;

/** How computing one block of squarings ended. */
sealed interface BlockResult {

  /**
   * The check passed.
   *
   * @param squarings how many of the block's squarings stand verified; fewer than asked for after a
   *     stop request
   * @param value the residue after them
   */
  record Verified(long squarings, BigInteger value) implements BlockResult {}

  /** The check failed: nothing of the block can be trusted. */
  record Failed(String reason) implements BlockResult {}
}
