package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;
import org.tidelock.engine.kernel.SquaringKernel;

/**
 * Modular powers by a squaring kernel: fixed windows of five bits, so that every exponent of one
 * length costs the same squarings and multiplications in the same order (Handbook of Applied
 * Cryptography, 14.82). Which table entry a multiplication reads does depend on the exponent;
 * {@code SOUNDNESS.md} says what that means.
 *
 * <p>Opens a session for each power. Safe for use by many threads.
 */
public final class KernelPower implements ModularPower {

  private static final int WINDOW = 5;

  private final SquaringKernel kernel;

  /**
   * Powers by the given kernel.
   *
   * @param kernel one that supports the lengths it will be asked for
   */
  public KernelPower(SquaringKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public BigInteger power(BigInteger base, BigInteger exponent, BigInteger modulus) {
    if (exponent.signum() < 0) {
      throw new IllegalArgumentException("exponent is negative; at least 0 required");
    }
    try (KernelSession session = kernel.open(modulus)) {
      KernelState[] powers = powersOf(base, session);
      int windows = Math.ceilDiv(exponent.bitLength(), WINDOW);
      KernelState result = session.newState(BigInteger.ONE);
      for (int window = windows - 1; window >= 0; window--) {
        result.square(WINDOW);
        result.multiply(powers[digit(exponent, window)]);
      }
      return result.value();
    }
  }

  /** base^0 to base^31. */
  private static KernelState[] powersOf(BigInteger base, KernelSession session) {
    KernelState[] powers = new KernelState[1 << WINDOW];
    powers[0] = session.newState(BigInteger.ONE);
    for (int i = 1; i < powers.length; i++) {
      powers[i] = session.newState(i == 1 ? base : BigInteger.ZERO);
      if (i > 1) {
        powers[i].copyFrom(powers[i - 1]);
        powers[i].multiply(powers[1]);
      }
    }
    return powers;
  }

  private static int digit(BigInteger exponent, int window) {
    int digit = 0;
    for (int bit = WINDOW - 1; bit >= 0; bit--) {
      digit = 2 * digit + (exponent.testBit(window * WINDOW + bit) ? 1 : 0);
    }
    return digit;
  }
}
