package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.jvm.BigIntegerKernel;
import org.tidelock.engine.kernel.select.Kernels;

class KernelPowerTest {

  private static final int BITS = 1088;

  static Stream<SquaringKernel> kernels() {
    return Kernels.all().stream()
        .filter(kernel -> kernel.support(BITS) instanceof KernelSupport.Supported);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void agreesWithBigInteger(SquaringKernel kernel) {
    Random random = new Random(1088);
    KernelPower power = new KernelPower(kernel);
    for (int i = 0; i < 50; i++) {
      BigInteger modulus = new BigInteger(BITS, random).setBit(BITS - 1).setBit(0);
      BigInteger base = new BigInteger(BITS - 1, random);
      BigInteger exponent = new BigInteger(random.nextInt(BITS + 1), random);
      assertThat(power.power(base, exponent, modulus))
          .as("%s ^ %s mod %s", base, exponent, modulus)
          .isEqualTo(base.modPow(exponent, modulus));
    }
  }

  @Test
  void handlesSmallExponentsAndBases() {
    KernelPower power = new KernelPower(new BigIntegerKernel());
    BigInteger modulus = BigInteger.valueOf(1001);
    for (int exponent = 0; exponent < 100; exponent++) {
      for (BigInteger base : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, BigInteger.TEN}) {
        assertThat(power.power(base, BigInteger.valueOf(exponent), modulus))
            .isEqualTo(base.modPow(BigInteger.valueOf(exponent), modulus));
      }
    }
  }

  @Test
  void refusesNegativeExponents() {
    KernelPower power = new KernelPower(new BigIntegerKernel());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> power.power(BigInteger.TWO, BigInteger.TEN.negate(), BigInteger.TEN))
        .withMessageContaining("negative");
  }
}
