package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrapdoorTest {

  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @ValueSource(ints = {64, 66, 128, 512, 2048})
  void makesAModulusOfExactlyTheBitsAskedFor(int bits) {
    for (int i = 0; i < (bits < 1000 ? 30 : 2); i++) {
      try (Trapdoor trapdoor = Trapdoor.generate(bits, random)) {
        assertThat(trapdoor.modulus().bitLength()).isEqualTo(bits);
        assertThat(ModulusAudit.weaknesses(trapdoor.modulus(), bits)).isEmpty();
      }
    }
  }

  @RepeatedTest(20)
  void agreesWithSquaring() {
    long seed = new Random().nextLong();
    System.out.println("TrapdoorTest seed " + seed);
    Random numbers = new Random(seed);
    int bits = 64 + 2 * numbers.nextInt(500);
    try (Trapdoor trapdoor = TestMaker.trapdoor(bits, seed)) {
      BigInteger base = new BigInteger(bits - 1, numbers);
      long squarings = 1L + numbers.nextInt(3000);
      SquaringWork work =
          new SquaringWork(trapdoor.modulus(), base, squarings, Bytes.of(new byte[32]));

      assertThat(trapdoor.solve(base, squarings, BigInteger::modPow))
          .isEqualTo(TestMaker.solve(work));
    }
  }

  @Test
  void agreesWithThePublishedAnswerOfLcs35() throws Exception {
    ClassicPuzzle lcs35 = Lcs35.puzzle();
    try (Trapdoor trapdoor = Trapdoor.ofPrimes(Lcs35.number("p"), Lcs35.number("q"), random)) {
      assertThat(trapdoor.solve(BigInteger.TWO, lcs35.squarings(), BigInteger::modPow))
          .isEqualTo(new BigInteger(Lcs35.text("w_hex"), 16));
    }
  }

  @Test
  void takesTheLargestCount() {
    try (Trapdoor trapdoor = TestMaker.trapdoor(128, 1)) {
      assertThat(trapdoor.solve(BigInteger.TWO, Long.MAX_VALUE, BigInteger::modPow))
          .isLessThan(trapdoor.modulus());
    }
  }

  /** A miscomputed half must never come out: with the right answer it would give a factor. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aFaultInEitherHalfIsCaught(int faultyCall) {
    int[] calls = {0};
    ModularPower faulty =
        (base, exponent, modulus) -> {
          BigInteger result = base.modPow(exponent, modulus);
          return ++calls[0] == faultyCall ? result.flipBit(3).mod(modulus) : result;
        };
    try (Trapdoor trapdoor = TestMaker.trapdoor(512, 1)) {
      assertThatThrownBy(() -> trapdoor.solve(BigInteger.valueOf(12345), 1000, faulty))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("failed its check");
    }
  }

  @Test
  void aFaultInTheExponentIsCaught() {
    ModularPower faulty = (base, exponent, modulus) -> base.modPow(exponent.flipBit(7), modulus);
    try (Trapdoor trapdoor = TestMaker.trapdoor(512, 1)) {
      assertThatThrownBy(() -> trapdoor.solve(BigInteger.valueOf(12345), 1000, faulty))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aClosedTrapdoorRefuses() {
    Trapdoor trapdoor = TestMaker.trapdoor(128, 1);
    trapdoor.close();
    trapdoor.close();

    assertThatThrownBy(() -> trapdoor.solve(BigInteger.TWO, 1, BigInteger::modPow))
        .hasMessage("trapdoor is closed");
  }

  @Test
  void printsNothingSecret() {
    try (Trapdoor trapdoor = TestMaker.trapdoor(128, 1)) {
      assertThat(trapdoor.toString()).isEqualTo("Trapdoor[128 bits]");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 62, 65, 4098})
  void refusesOtherSizes(int bits) {
    assertThatThrownBy(() -> Trapdoor.generate(bits, random))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
