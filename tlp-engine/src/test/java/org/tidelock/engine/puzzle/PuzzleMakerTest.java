package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PuzzleMakerTest {

  private static final Bytes NO_CONTEXT = Bytes.of(new byte[0]);

  private final SecureRandom random = new SecureRandom();
  private final ModulusPool pool = ModulusPool.onDemand(64);
  private Instant now = Instant.parse("2027-01-01T00:00:00Z");

  @Test
  void givesEachPuzzleItsOwnModulus() {
    try (PuzzleMaker maker = PuzzleMaker.onePuzzleEach(pool)) {
      assertThat(make(maker).modulus()).isNotEqualTo(make(maker).modulus());
    }
  }

  @Test
  void rotatesByCount() {
    try (PuzzleMaker maker = rotating(3, Duration.ofDays(1))) {
      List<BigInteger> moduli = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        moduli.add(make(maker).modulus());
      }

      assertThat(moduli.subList(0, 3)).containsOnly(moduli.get(0));
      assertThat(moduli.subList(3, 6)).containsOnly(moduli.get(3));
      assertThat(moduli.stream().distinct()).hasSize(3);
    }
  }

  @Test
  void rotatesByAge() {
    try (PuzzleMaker maker = rotating(1000, Duration.ofHours(1))) {
      BigInteger first = make(maker).modulus();
      now = now.plusSeconds(3599);
      assertThat(make(maker).modulus()).isEqualTo(first);

      now = now.plusSeconds(1);

      assertThat(make(maker).modulus()).isNotEqualTo(first);
    }
  }

  @Test
  void everyPuzzleHasAFreshBase() {
    try (PuzzleMaker maker = rotating(2, Duration.ofDays(1))) {
      assertThat(make(maker).base()).isNotEqualTo(make(maker).base());
    }
  }

  @Test
  void aSpentTrapdoorIsWipedOnlyWhenItsLastUserIsDone() {
    SharedTrapdoor shared =
        new SharedTrapdoor(pool, new ModulusSharing.Rotating(10, Duration.ofHours(1)), () -> now);
    Trapdoor[] used = new Trapdoor[1];

    shared.with(
        trapdoor -> {
          used[0] = trapdoor;
          now = now.plus(Duration.ofHours(2));
          shared.retireIfDue();
          return trapdoor.solve(BigInteger.TWO, 1, BigInteger::modPow);
        });

    assertThatThrownBy(() -> used[0].solve(BigInteger.TWO, 1, BigInteger::modPow))
        .hasMessage("trapdoor is closed");
  }

  @Test
  void anIdleTrapdoorIsWipedByTheTimer() {
    SharedTrapdoor shared =
        new SharedTrapdoor(pool, new ModulusSharing.Rotating(10, Duration.ofHours(1)), () -> now);
    Trapdoor used = shared.with(trapdoor -> trapdoor);
    assertThat(used.solve(BigInteger.TWO, 1, BigInteger::modPow)).isEqualTo(4);

    now = now.plus(Duration.ofHours(1));
    shared.retireIfDue();

    assertThatThrownBy(() -> used.solve(BigInteger.TWO, 1, BigInteger::modPow))
        .hasMessage("trapdoor is closed");
  }

  @Test
  void usesThePowerItIsGiven() {
    int[] calls = {0};
    ModularPower counting =
        (base, exponent, modulus) -> {
          calls[0]++;
          return base.modPow(exponent, modulus);
        };
    try (PuzzleMaker maker =
        new PuzzleMaker(pool, new ModulusSharing.OnePuzzleEach(), () -> now, counting, random)) {
      make(maker);
    }
    assertThat(calls[0]).isEqualTo(2);
  }

  @Test
  void aFaultyPowerGivesNoPuzzle() {
    ModularPower faulty =
        (base, exponent, modulus) -> base.modPow(exponent, modulus).flipBit(0).mod(modulus);
    try (PuzzleMaker maker =
        new PuzzleMaker(pool, new ModulusSharing.OnePuzzleEach(), () -> now, faulty, random)) {
      assertThatThrownBy(() -> make(maker)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesNoSquarings() {
    try (PuzzleMaker maker = PuzzleMaker.onePuzzleEach(pool)) {
      assertThatThrownBy(() -> maker.make(0, "test", NO_CONTEXT, new byte[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("0 squarings; at least 1 required");
    }
  }

  private PuzzleMaker rotating(int puzzles, Duration age) {
    return new PuzzleMaker(
        pool, new ModulusSharing.Rotating(puzzles, age), () -> now, BigInteger::modPow, random);
  }

  private static Puzzle make(PuzzleMaker maker) {
    return maker.make(1_000_000, "test", NO_CONTEXT, new byte[16]);
  }
}
