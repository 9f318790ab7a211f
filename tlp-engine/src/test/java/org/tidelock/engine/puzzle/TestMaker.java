package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;

/** Makes puzzles of any size without a pool, for tests of this and other packages. */
public final class TestMaker {

  private TestMaker() {}

  /** A puzzle over a fresh modulus of {@code bits} bits. */
  public static Puzzle puzzle(int bits, long squarings, byte[] payload) {
    try (ModulusPool pool = ModulusPool.onDemand(bits);
        PuzzleMaker maker = PuzzleMaker.onePuzzleEach(pool)) {
      return maker.make(squarings, "test", Bytes.of(new byte[0]), payload);
    }
  }

  /** {@code base^(2^squarings) mod modulus}, one squaring after another. */
  public static BigInteger solve(SquaringWork work) {
    BigInteger y = work.base();
    for (long i = 0; i < work.squarings(); i++) {
      y = y.multiply(y).mod(work.modulus());
    }
    return y;
  }

  /** A trapdoor of primes that depend on the seed alone. */
  static Trapdoor trapdoor(int bits, long seed) {
    return Trapdoor.ofPrimes(prime(bits / 2, seed), prime(bits / 2, seed + 1), new SecureRandom());
  }

  /** A prime of {@code bits} bits that depends on the seed alone. */
  static BigInteger prime(int bits, long seed) {
    return new BigInteger(bits, new Random(seed))
        .setBit(bits - 1)
        .setBit(bits - 2)
        .nextProbablePrime();
  }
}
