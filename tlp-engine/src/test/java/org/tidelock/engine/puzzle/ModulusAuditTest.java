package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelock.engine.puzzle.ModulusWeakness.Kind;

class ModulusAuditTest {

  private static final BigInteger LARGE_PRIME = TestMaker.prime(2048, 3);

  @Test
  void findsNothingInAnHonestModulus() {
    try (Trapdoor trapdoor = TestMaker.trapdoor(2048, 1)) {
      assertThat(ModulusAudit.weaknesses(trapdoor.modulus(), 2048)).isEmpty();
    }
  }

  @Test
  void namesAShortModulus() {
    try (Trapdoor trapdoor = TestMaker.trapdoor(1022, 1)) {
      assertThat(ModulusAudit.weaknesses(trapdoor.modulus(), 2048))
          .singleElement()
          .isEqualTo(
              new ModulusWeakness(
                  Kind.SHORT,
                  "modulus has 1022 bits; at least 2048 required (--insecure-allow-small-modulus to open it anyway)"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 7, 65_537, 524_287, 1_048_573})
  void namesASmallFactor(int factor) {
    BigInteger modulus = LARGE_PRIME.multiply(BigInteger.valueOf(factor));

    assertThat(ModulusAudit.weaknesses(modulus, 2048))
        .singleElement()
        .satisfies(
            weakness -> {
              assertThat(weakness.kind()).isEqualTo(Kind.SMALL_FACTOR);
              assertThat(weakness.message()).contains("the factor " + factor + ";");
            });
  }

  @Test
  void letsAFactorAbove2To20Pass() {
    BigInteger modulus = LARGE_PRIME.multiply(BigInteger.valueOf(1_048_583));

    assertThat(ModulusAudit.weaknesses(modulus, 2048)).isEmpty();
  }

  @Test
  void smallFactorsAgreeWithDivision() {
    long seed = new Random().nextLong();
    System.out.println("ModulusAuditTest seed " + seed);
    Random random = new Random(seed);
    int[] primes = SmallPrimes.upTo((1 << 20) - 4);
    for (int i = 0; i < 8; i++) {
      BigInteger n = new BigInteger(1 + random.nextInt(4096), random).setBit(0);
      int expected = 0;
      for (int j = 1; j < primes.length && expected == 0; j++) {
        expected = n.mod(BigInteger.valueOf(primes[j])).signum() == 0 ? primes[j] : 0;
      }
      assertThat(SmallPrimes.smallestFactor(n).orElse(0)).as("%s", n).isEqualTo(expected);
    }
  }

  @Test
  void namesAPrime() {
    assertThat(kinds(LARGE_PRIME)).containsExactly(Kind.PRIME);
  }

  @Test
  void namesAnEvenModulus() {
    assertThat(kinds(LARGE_PRIME.shiftLeft(1))).containsExactly(Kind.EVEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 7, 31, 97})
  void namesAPerfectPower(int exponent) {
    int rootBits = Math.max(22, 2048 / exponent + 1);
    BigInteger modulus = TestMaker.prime(rootBits, 7).pow(exponent);

    assertThat(kinds(modulus)).containsExactly(Kind.PERFECT_POWER);
  }

  @Test
  void rootsAreRoundedDown() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      BigInteger n = new BigInteger(1 + random.nextInt(1000), random).add(BigInteger.ONE);
      int k = 2 + random.nextInt(60);

      BigInteger root = ModulusAudit.floorRoot(n, k);

      assertThat(root.pow(k)).isLessThanOrEqualTo(n);
      assertThat(root.add(BigInteger.ONE).pow(k)).isGreaterThan(n);
    }
  }

  private static List<Kind> kinds(BigInteger modulus) {
    return ModulusAudit.weaknesses(modulus, 2048).stream().map(ModulusWeakness::kind).toList();
  }
}
