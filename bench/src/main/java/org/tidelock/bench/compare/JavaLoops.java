package org.tidelock.bench.compare;

import java.math.BigInteger;

/** What one writes in Java without a kernel. */
final class JavaLoops {

  static final String POWERS = "BigInteger.modPow, exponent 2^1000";
  static final String PRODUCTS = "BigInteger multiply().mod()";

  private static final int SQUARINGS_A_POWER = 1000;
  private static final BigInteger EXPONENT = BigInteger.ONE.shiftLeft(SQUARINGS_A_POWER);

  private final BigInteger modulus;
  private BigInteger value = BigInteger.ONE;

  private JavaLoops(BigInteger modulus) {
    this.modulus = modulus;
  }

  /** {@code modPow} in chunks of 1000 squarings, which HotSpot does by Montgomery's method. */
  static Contender powers(BigInteger modulus) {
    JavaLoops loop = new JavaLoops(modulus);
    return loop.contender(POWERS, SQUARINGS_A_POWER, loop::squareByPowers);
  }

  /** The loop everybody writes. */
  static Contender products(BigInteger modulus) {
    JavaLoops loop = new JavaLoops(modulus);
    return loop.contender(PRODUCTS, 1, loop::squareByProducts);
  }

  private Contender contender(String name, long step, java.util.function.LongConsumer square) {
    return new Contender(
        name, Contender.Family.JAVA, step, x -> value = x, square, () -> value, () -> {});
  }

  private void squareByPowers(long count) {
    for (long done = 0; done < count; done += SQUARINGS_A_POWER) {
      value = value.modPow(EXPONENT, modulus);
    }
  }

  private void squareByProducts(long count) {
    for (long done = 0; done < count; done++) {
      value = value.multiply(value).mod(modulus);
    }
  }
}
