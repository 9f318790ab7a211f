package org.tidelock.engine.kernel.ffm;

import java.math.BigInteger;

/** The checks that every native kernel makes on the numbers it is given. */
final class Residues {

  private Residues() {}

  /** Returns {@code modulus} if it is odd and greater than 1. */
  static BigInteger requireModulus(BigInteger modulus) {
    if (modulus.compareTo(BigInteger.ONE) <= 0 || !modulus.testBit(0)) {
      throw new IllegalArgumentException("modulus must be odd and greater than 1");
    }
    return modulus;
  }

  /** Returns {@code value} if it is at least 0 and below {@code modulus}. */
  static BigInteger requireResidue(BigInteger value, BigInteger modulus) {
    if (value.signum() < 0 || value.compareTo(modulus) >= 0) {
      throw new IllegalArgumentException("value must be at least 0 and below the modulus");
    }
    return value;
  }

  /** Returns {@code count} if it is at least 0. */
  static long requireCount(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("%d squarings; at least 0 required".formatted(count));
    }
    return count;
  }
}
