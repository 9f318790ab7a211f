package org.tidelock.engine.puzzle;

import java.math.BigInteger;

/**
 * The modular power a {@link Trapdoor} computes with; {@code BigInteger::modPow} will do.
 *
 * <p>Moduli are odd and half as long as a puzzle's, plus 64 bits (1088 bits for 2048). Exponents
 * are secret, at most as long as the modulus. A wrong result is caught, not used. Implementations
 * must be safe for use by many threads.
 */
@FunctionalInterface
public interface ModularPower {

  /** {@code base^exponent mod modulus}, for a base from 0 to modulus - 1. */
  BigInteger power(BigInteger base, BigInteger exponent, BigInteger modulus);
}
