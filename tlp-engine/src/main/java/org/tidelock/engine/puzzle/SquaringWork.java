package org.tidelock.engine.puzzle;

import java.math.BigInteger;

/**
 * The sequential work a puzzle asks for: {@code base^(2^squarings) mod modulus}.
 *
 * <p>This is all a solver needs to know; what the result opens is the puzzle's own business.
 *
 * @param modulus N, odd and greater than 1
 * @param base x, from 0 to N - 1
 * @param squarings T, at least 1
 * @param id SHA-256 of the whole puzzle, 32 bytes; checkpoints are bound to it
 */
public record SquaringWork(BigInteger modulus, BigInteger base, long squarings, Bytes id) {

  public SquaringWork {
    if (modulus.signum() <= 0 || !modulus.testBit(0) || modulus.equals(BigInteger.ONE)) {
      throw new IllegalArgumentException("modulus must be odd and greater than 1");
    }
    if (base.signum() < 0 || base.compareTo(modulus) >= 0) {
      throw new IllegalArgumentException("base must be at least 0 and below the modulus");
    }
    if (squarings < 1) {
      throw new IllegalArgumentException("%d squarings; at least 1 required".formatted(squarings));
    }
    if (id.length() != 32) {
      throw new IllegalArgumentException("id has %d bytes; 32 required".formatted(id.length()));
    }
  }
}
