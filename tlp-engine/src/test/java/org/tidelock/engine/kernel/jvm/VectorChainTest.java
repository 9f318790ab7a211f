package org.tidelock.engine.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.kernel.KernelSupport;

final class VectorChainTest {

  private static final double LARGEST_DIGIT = (1 << 21) + (1 << 8);

  private final long seed = Long.getLong("tidelock.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @BeforeEach
  void requireVectors() {
    KernelSupport support = new VectorKernel().support(2048);
    assumeTrue(support instanceof KernelSupport.Supported, support::toString);
  }

  /** The fullest columns there can be: a sum that lost a bit would give another residue. */
  @Test
  void squaresLargestDigitsExactly() {
    for (int i = 0; i < 2000; i++) {
      BigInteger n = new BigInteger(2104, random).setBit(2103).setBit(0);
      VectorTables tables = new VectorTables(n);
      double[] x = largestDigits(i);
      BigInteger value = tables.leave(x);

      new VectorChain(tables).square(x, 1);

      assertThat(tables.leave(x)).as("seed %d", seed).isEqualTo(value.multiply(value).mod(n));
    }
  }

  @Test
  void keepsDigitsWithinTheirBound() {
    BigInteger n = BigInteger.ONE.shiftLeft(2104).subtract(BigInteger.ONE);
    VectorTables tables = new VectorTables(n);
    VectorChain chain = new VectorChain(tables);
    double[] x = new double[VectorTables.DIGITS];
    tables.enter(new BigInteger(2103, random), x);
    for (int i = 0; i < 20_000; i++) {
      chain.square(x, 1);
      for (double digit : x) {
        assertThat(Math.abs(digit)).as("seed %d", seed).isLessThanOrEqualTo(LARGEST_DIGIT);
      }
    }
  }

  private double[] largestDigits(int trial) {
    double[] x = new double[VectorTables.DIGITS];
    for (int i = 0; i < x.length; i++) {
      boolean negative = trial > 1 ? random.nextBoolean() : trial == 1;
      x[i] = negative ? -LARGEST_DIGIT : LARGEST_DIGIT;
    }
    return x;
  }
}
