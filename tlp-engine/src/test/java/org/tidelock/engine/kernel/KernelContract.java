package org.tidelock.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.abort;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every kernel must do, against plain BigInteger arithmetic. A kernel's test extends this
 * class and names the kernel; where it cannot run, its tests are skipped with the kernel's own
 * reason.
 *
 * <p>{@code -Dtidelock.parity=full} raises the counts to those a release is checked with, {@code
 * -Dtidelock.seed} repeats a run.
 */
public abstract class KernelContract {

  private static final boolean FULL = "full".equals(System.getProperty("tidelock.parity"));
  private static final int RANDOM_INPUTS = FULL ? 10_000 : 300;
  private static final int CHAIN = FULL ? 1_000_000 : 10_000;
  private static final long SEED = Long.getLong("tidelock.seed", System.nanoTime());

  private final Random random = new Random(SEED);

  /** The kernel under test. */
  protected abstract SquaringKernel kernel();

  /**
   * Modulus lengths in bits: those the kernel is made for, beside and between them, and tiny ones.
   */
  protected IntStream modulusBits() {
    return IntStream.of(
        2, 3, 17, 63, 64, 65, 127, 128, 512, 1000, 1023, 1024, 1025, 1536, 2000, 2046, 2047, 2048,
        2050, 3000, 3072, 4095, 4096);
  }

  @BeforeEach
  void requireAnySupport() {
    boolean runsAnywhere =
        modulusBits().anyMatch(bits -> kernel().support(bits) instanceof KernelSupport.Supported);
    if (!runsAnywhere) {
      abort(kernel().name() + ": " + kernel().support(2048));
    }
  }

  @Test
  void squaresEdgeInputsUnderEdgeModuli() {
    supportedBits()
        .forEach(
            bits -> {
              for (BigInteger modulus : edgeModuli(bits)) {
                try (KernelSession session = kernel().open(modulus)) {
                  for (BigInteger input : edgeInputs(modulus)) {
                    for (int count : new int[] {0, 1, 2, 3, 17}) {
                      requireSquares(session, input, count);
                    }
                  }
                }
              }
            });
  }

  @Test
  void squaresRandomInputs() {
    supportedBits()
        .forEach(
            bits -> {
              BigInteger modulus = randomModulus(bits);
              try (KernelSession session = kernel().open(modulus)) {
                KernelState state = session.newState(BigInteger.ZERO);
                for (int i = 0; i < RANDOM_INPUTS; i++) {
                  BigInteger input = i % 2 == 0 ? randomBelow(modulus) : sparseBelow(modulus);
                  state.set(input);
                  state.square(1);
                  assertThat(state.value())
                      .as("(%s)^2 mod %s, seed %d", input, modulus, SEED)
                      .isEqualTo(input.multiply(input).mod(modulus));
                }
              }
            });
  }

  @Test
  void squaresLongChains() {
    supportedBits()
        .forEach(
            bits -> {
              BigInteger modulus = randomModulus(bits);
              try (KernelSession session = kernel().open(modulus)) {
                requireSquares(session, randomBelow(modulus), CHAIN);
              }
            });
  }

  @Test
  void chainInPiecesIsTheChain() {
    supportedBits()
        .forEach(
            bits -> {
              BigInteger modulus = randomModulus(bits);
              BigInteger input = randomBelow(modulus);
              try (KernelSession session = kernel().open(modulus)) {
                KernelState state = session.newState(input);
                for (int piece : new int[] {1, 2, 500, 0, 7, 1000}) {
                  state.square(piece);
                }
                assertThat(state.value())
                    .as("seed %d, modulus %s", SEED, modulus)
                    .isEqualTo(squared(input, 1510, modulus));
              }
            });
  }

  @Test
  void multiplies() {
    supportedBits()
        .forEach(
            bits -> {
              for (BigInteger modulus : edgeModuli(bits)) {
                try (KernelSession session = kernel().open(modulus)) {
                  KernelState left = session.newState(BigInteger.ZERO);
                  KernelState right = session.newState(BigInteger.ZERO);
                  for (BigInteger a : edgeInputs(modulus)) {
                    for (BigInteger b : edgeInputs(modulus)) {
                      left.set(a);
                      right.set(b);
                      left.multiply(right);
                      assertThat(left.value())
                          .as("%s * %s mod %s, seed %d", a, b, modulus, SEED)
                          .isEqualTo(a.multiply(b).mod(modulus));
                      assertThat(right.value()).isEqualTo(b);
                    }
                  }
                }
              }
            });
  }

  @Test
  void multipliesByItself() {
    BigInteger modulus = randomModulus(anyBits());
    BigInteger input = randomBelow(modulus);
    try (KernelSession session = kernel().open(modulus)) {
      KernelState state = session.newState(input);
      state.multiply(state);
      assertThat(state.value()).isEqualTo(input.multiply(input).mod(modulus));
    }
  }

  /** Squarings and multiplications of states that were never converted in between. */
  @Test
  void mixesSquaringAndMultiplying() {
    supportedBits()
        .forEach(
            bits -> {
              BigInteger modulus = randomModulus(bits);
              BigInteger x = randomBelow(modulus);
              BigInteger y = randomBelow(modulus);
              try (KernelSession session = kernel().open(modulus)) {
                KernelState left = session.newState(x);
                KernelState right = session.newState(y);
                for (int i = 0; i < 100; i++) {
                  left.square(3);
                  left.multiply(right);
                  right.multiply(left);
                  x = squared(x, 3, modulus).multiply(y).mod(modulus);
                  y = y.multiply(x).mod(modulus);
                }
                assertThat(left.value()).as("seed %d, modulus %s", SEED, modulus).isEqualTo(x);
                assertThat(right.value()).as("seed %d, modulus %s", SEED, modulus).isEqualTo(y);
              }
            });
  }

  @Test
  void copiesAreIndependent() {
    BigInteger modulus = randomModulus(anyBits());
    BigInteger input = randomBelow(modulus);
    try (KernelSession session = kernel().open(modulus)) {
      KernelState original = session.newState(input);
      KernelState copy = session.newState(BigInteger.ZERO);
      copy.copyFrom(original);
      original.square(5);
      assertThat(copy.value()).isEqualTo(input);
      copy.copyFrom(copy);
      assertThat(copy.value()).isEqualTo(input);
    }
  }

  @Test
  void noticesFlippedModulusBit() {
    BigInteger modulus = randomModulus(anyBits());
    try (KernelSession session = kernel().open(modulus)) {
      for (int bit : new int[] {0, 1, 63, 64, modulus.bitLength() - 1, -1, Integer.MAX_VALUE}) {
        requireDamageNoticed(session, () -> session.unsafeFlipModulusBit(bit));
      }
    }
  }

  @Test
  void noticesFlippedTableBit() {
    BigInteger modulus = randomModulus(anyBits());
    try (KernelSession session = kernel().open(modulus)) {
      for (int i = 0; i < 1000; i++) {
        int bit = random.nextInt();
        requireDamageNoticed(session, () -> session.unsafeFlipTableBit(bit));
      }
    }
  }

  @Test
  void rebuildingKeepsStates() {
    BigInteger modulus = randomModulus(anyBits());
    BigInteger input = randomBelow(modulus);
    try (KernelSession session = kernel().open(modulus)) {
      KernelState state = session.newState(input);
      session.unsafeFlipTableBit(77);
      session.rebuildTables();
      assertThat(state.value()).isEqualTo(input);
      state.square(10);
      assertThat(state.value()).isEqualTo(squared(input, 10, modulus));
    }
  }

  @Test
  void flippedStateBitChangesTheChain() {
    BigInteger modulus = randomModulus(anyBits());
    BigInteger input = randomBelow(modulus);
    try (KernelSession session = kernel().open(modulus)) {
      KernelState state = session.newState(input);
      for (int bit : new int[] {0, 5, 64, 1000, -3, Integer.MIN_VALUE}) {
        state.set(input);
        state.unsafeFlipBit(bit);
        assertThat(state.value()).as("bit %d", bit).isNotEqualTo(input);
        assertThat(state.value()).isBetween(BigInteger.ZERO, modulus.subtract(BigInteger.ONE));
        state.square(3);
        assertThat(state.value()).as("bit %d", bit).isNotEqualTo(squared(input, 3, modulus));
      }
    }
  }

  @Test
  void closedSessionRefusesEverything() {
    BigInteger modulus = randomModulus(anyBits());
    KernelSession session = kernel().open(modulus);
    KernelState state = session.newState(BigInteger.TWO);
    KernelState other = session.newState(BigInteger.ONE);
    session.close();
    session.close();

    assertThat(session.modulus()).isEqualTo(modulus);
    List<Runnable> uses =
        List.of(
            () -> session.newState(BigInteger.ONE),
            session::tablesIntact,
            session::rebuildTables,
            () -> session.unsafeFlipModulusBit(1),
            () -> session.unsafeFlipTableBit(1),
            () -> state.set(BigInteger.ONE),
            () -> state.copyFrom(other),
            () -> state.square(1),
            () -> state.square(0),
            () -> state.multiply(other),
            state::value,
            () -> state.unsafeFlipBit(1));
    for (Runnable use : uses) {
      assertThatIllegalStateException().isThrownBy(use::run);
    }
  }

  @Test
  void refusesStatesOfAnotherSession() {
    BigInteger modulus = randomModulus(anyBits());
    try (KernelSession session = kernel().open(modulus);
        KernelSession another = kernel().open(modulus)) {
      KernelState state = session.newState(BigInteger.TWO);
      KernelState foreign = another.newState(BigInteger.TWO);
      assertThatIllegalArgumentException().isThrownBy(() -> state.multiply(foreign));
      assertThatIllegalArgumentException().isThrownBy(() -> state.copyFrom(foreign));
      assertThat(state.value()).isEqualTo(BigInteger.TWO);
    }
  }

  @Test
  void refusesValuesOutOfRange() {
    BigInteger modulus = randomModulus(anyBits());
    try (KernelSession session = kernel().open(modulus)) {
      KernelState state = session.newState(BigInteger.TWO);
      BigInteger negative = BigInteger.ONE.negate();
      assertThatIllegalArgumentException().isThrownBy(() -> session.newState(modulus));
      assertThatIllegalArgumentException().isThrownBy(() -> session.newState(negative));
      assertThatIllegalArgumentException().isThrownBy(() -> state.set(modulus));
      assertThatIllegalArgumentException().isThrownBy(() -> state.set(negative));
      assertThatIllegalArgumentException().isThrownBy(() -> state.square(-1));
      assertThat(state.value()).isEqualTo(BigInteger.TWO);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-7", "-1", "0", "1", "2", "18446744073709551616"})
  void refusesModulusThatIsEvenOrTooSmall(BigInteger modulus) {
    assertThatIllegalArgumentException().isThrownBy(() -> kernel().open(modulus));
  }

  @ParameterizedTest
  @MethodSource("threadCounts")
  void sessionsOfManyThreadsDoNotDisturbOneAnother(int threads) throws Exception {
    int bits = anyBits();
    List<Callable<Boolean>> chains = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      BigInteger modulus = randomModulus(bits);
      BigInteger input = randomBelow(modulus);
      chains.add(
          () -> {
            try (KernelSession session = kernel().open(modulus)) {
              KernelState state = session.newState(input);
              for (int j = 0; j < 20; j++) {
                state.square(50);
              }
              return state.value().equals(squared(input, 1000, modulus)) && session.tablesIntact();
            }
          });
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (Future<Boolean> chain : executor.invokeAll(chains)) {
        assertThat(chain.get()).as("seed %d", SEED).isTrue();
      }
    }
  }

  static IntStream threadCounts() {
    return IntStream.of(2, 16);
  }

  @Test
  void sessionMayPassToAnotherThread() throws Exception {
    BigInteger modulus = randomModulus(anyBits());
    BigInteger input = randomBelow(modulus);
    KernelSession session = kernel().open(modulus);
    KernelState state = session.newState(input);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      other.submit(() -> state.square(9)).get();
      assertThat(state.value()).isEqualTo(squared(input, 9, modulus));
      other.submit(session::close).get();
    }
  }

  private void requireSquares(KernelSession session, BigInteger input, int count) {
    KernelState state = session.newState(input);
    state.square(count);
    assertThat(state.value())
        .as("(%s)^(2^%d) mod %s, seed %d", input, count, session.modulus(), SEED)
        .isEqualTo(squared(input, count, session.modulus()));
  }

  private static void requireDamageNoticed(KernelSession session, Runnable damage) {
    assertThat(session.tablesIntact()).isTrue();
    damage.run();
    assertThat(session.tablesIntact()).isFalse();
    session.rebuildTables();
    assertThat(session.tablesIntact()).isTrue();
  }

  private IntStream supportedBits() {
    return modulusBits().filter(bits -> kernel().support(bits) instanceof KernelSupport.Supported);
  }

  /** One of the larger lengths the kernel supports. */
  private int anyBits() {
    return supportedBits().filter(bits -> bits <= 2048).max().orElseThrow();
  }

  private BigInteger randomModulus(int bits) {
    return new BigInteger(bits, random).setBit(bits - 1).setBit(0);
  }

  private BigInteger randomBelow(BigInteger modulus) {
    return new BigInteger(modulus.bitLength(), random).mod(modulus);
  }

  private BigInteger sparseBelow(BigInteger modulus) {
    BigInteger sparse = BigInteger.ZERO;
    for (int i = 0; i < 4; i++) {
      sparse = sparse.setBit(random.nextInt(modulus.bitLength()));
    }
    return sparse.mod(modulus);
  }

  /** Random ones, all ones, just below 2^bits, just above 2^(bits - 1), long runs, sparse. */
  private List<BigInteger> edgeModuli(int bits) {
    BigInteger top = BigInteger.ONE.shiftLeft(bits);
    BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
    BigInteger run = top.subtract(BigInteger.ONE.shiftLeft(bits / 2)).setBit(0);
    return List.of(
        randomModulus(bits),
        top.subtract(BigInteger.ONE),
        top.subtract(BigInteger.valueOf(bits > 8 ? 189 : 1)),
        half.setBit(0),
        run.setBit(bits - 1),
        half.add(sparseBelow(half)).setBit(0));
  }

  private List<BigInteger> edgeInputs(BigInteger modulus) {
    int bits = modulus.bitLength();
    BigInteger last = modulus.subtract(BigInteger.ONE);
    List<BigInteger> inputs = new ArrayList<>();
    inputs.add(BigInteger.ZERO);
    inputs.add(BigInteger.ONE);
    inputs.add(last);
    inputs.add(last.shiftRight(1));
    inputs.add(BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE));
    inputs.add(BigInteger.ONE.shiftLeft(bits - 1).mod(modulus));
    inputs.add(BigInteger.ONE.shiftLeft(bits / 2));
    inputs.add(BigInteger.ONE.shiftLeft(bits).mod(modulus));
    inputs.add(sparseBelow(modulus));
    inputs.add(randomBelow(modulus));
    return inputs.stream().map(input -> input.mod(modulus)).distinct().toList();
  }

  private static BigInteger squared(BigInteger input, int count, BigInteger modulus) {
    BigInteger result = input.mod(modulus);
    int left = count;
    for (; left > 10_000; left -= 10_000) {
      result = result.modPow(BigInteger.ONE.shiftLeft(10_000), modulus);
    }
    return result.modPow(BigInteger.ONE.shiftLeft(left), modulus);
  }
}
