package org.tidelock.engine.kernel.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidelock.engine.kernel.KernelContract;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.SquaringKernel;

final class IfmaKernelTest extends KernelContract {

  private static final long SEED = Long.getLong("tidelock.seed", System.nanoTime());

  private final Random random = new Random(SEED);

  @Override
  protected SquaringKernel kernel() {
    return new IfmaKernel();
  }

  /** Beside the usual lengths the longest of each size and the shortest of the next. */
  @Override
  protected IntStream modulusBits() {
    IntStream ends =
        Arrays.stream(IfmaSize.values())
            .flatMapToInt(size -> IntStream.of(size.modulusBits(), size.modulusBits() + 1));
    return IntStream.concat(super.modulusBits(), ends);
  }

  /** States of many digits 2^52 - 1, which doubling makes reach 2^52. */
  @ParameterizedTest
  @EnumSource
  void slowPathIsExact(IfmaSize size) {
    BigInteger modulus =
        new BigInteger(size.modulusBits(), random).setBit(size.modulusBits() - 1).setBit(0);
    BigInteger inverse = BigInteger.ONE.shiftLeft(size.montgomeryBits()).modInverse(modulus);
    int forced = 1000;
    try (IfmaSession session = new IfmaSession(modulus)) {
      IfmaSession.State state = (IfmaSession.State) session.newState(BigInteger.ZERO);
      for (int i = 0; i < forced; i++) {
        BigInteger representative =
            withLargeDigits(new BigInteger(size.modulusBits(), random), size);
        state.unsafeSetRepresentative(representative);
        state.square(1);
        BigInteger expected = representative.multiply(inverse).mod(modulus).pow(2).mod(modulus);
        assertThat(state.value()).as("seed %d", SEED).isEqualTo(expected);
      }
      assertThat(session.slowSquarings()).isGreaterThanOrEqualTo(forced);
    }
  }

  @Test
  void refusesLongerModuli() {
    assertThat(kernel().support(4102)).isInstanceOf(KernelSupport.Unsupported.class);
  }

  /** The value with three to all of its digits, one after another, set to 2^52 - 1. */
  private BigInteger withLargeDigits(BigInteger value, IfmaSize size) {
    int length = 3 + random.nextInt(size.digits() - 4);
    int first = random.nextInt(size.digits() - length);
    BigInteger run =
        BigInteger.ONE
            .shiftLeft(IfmaSize.DIGIT_BITS * length)
            .subtract(BigInteger.ONE)
            .shiftLeft(IfmaSize.DIGIT_BITS * first);
    return value.or(run);
  }
}
