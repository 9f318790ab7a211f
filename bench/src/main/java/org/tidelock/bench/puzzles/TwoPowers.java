package org.tidelock.bench.puzzles;

import java.math.BigInteger;
import java.util.Random;
import org.tidelock.engine.puzzle.ModularPower;

/**
 * The two powers that making a puzzle comes down to: random bases and exponents modulo two odd
 * numbers of the same length.
 */
final class TwoPowers {

  private final Power first;
  private final Power second;

  /** Powers modulo random numbers of {@code bits} bits, with exponents as long. */
  TwoPowers(int bits, Random random) {
    first = Power.random(bits, random);
    second = Power.random(bits, random);
  }

  /** Computes both. */
  void compute(ModularPower power) {
    first.by(power);
    second.by(power);
  }

  /**
   * Checks {@code power} against {@link BigInteger#modPow}.
   *
   * @throws IllegalStateException if it computes wrongly
   */
  void requireRight(String name, ModularPower power) {
    if (!first.by(power).equals(first.by(BigInteger::modPow))
        || !second.by(power).equals(second.by(BigInteger::modPow))) {
      throw new IllegalStateException(name + " computes wrongly: nothing was measured");
    }
  }

  private record Power(BigInteger base, BigInteger exponent, BigInteger modulus) {

    static Power random(int bits, Random random) {
      BigInteger modulus = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
      BigInteger base = new BigInteger(bits, random).mod(modulus);
      BigInteger exponent = new BigInteger(bits, random).setBit(bits - 1);
      return new Power(base, exponent, modulus);
    }

    BigInteger by(ModularPower power) {
      return power.power(base, exponent, modulus);
    }
  }
}
