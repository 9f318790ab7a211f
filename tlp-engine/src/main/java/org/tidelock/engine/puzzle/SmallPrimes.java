package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * The odd primes below 2^20, and trial division by all of them at once: 3 ms for 2048 bits, once
 * compiled. Made on first use and kept (1.6 MB).
 *
 * <p>The remainders are carried through Horner's scheme in base 2^30, in floating point, for many
 * primes side by side: the loop has no branch and no division, and compiles to vector instructions.
 * All of it is exact: with r below 2p in magnitude and p below 2^20, v = 2^30 r + d is below 2^52;
 * the quotient v / p is below 2^32, so that its rounded value is off by less than 1, its floor by
 * at most 1, and the new r is at least -p and below 2p.
 */
final class SmallPrimes {

  private static final int LIMIT = 1 << 20;
  private static final int DIGIT_BITS = 30;

  /** Remainders worked on together; they and their primes fit the first-level cache. */
  private static final int TILE = 512;

  private static final int[] PRIMES = oddPrimesBelow(LIMIT);
  private static final double[] DIVISORS = Arrays.stream(PRIMES).asDoubleStream().toArray();
  private static final double[] INVERSES = Arrays.stream(DIVISORS).map(p -> 1 / p).toArray();

  private SmallPrimes() {}

  /** The smallest odd prime below 2^20 that divides n. */
  static OptionalInt smallestFactor(BigInteger n) {
    int[] digits = digits(n);
    double[] remainders = new double[TILE];
    for (int from = 0; from < PRIMES.length; from += TILE) {
      int count = Math.min(TILE, PRIMES.length - from);
      Arrays.fill(remainders, 0);
      for (int digit : digits) {
        step(remainders, digit, from, count);
      }
      for (int i = 0; i < count; i++) {
        if (remainders[i] == 0 || Math.abs(remainders[i]) == DIVISORS[from + i]) {
          return OptionalInt.of(PRIMES[from + i]);
        }
      }
    }
    return OptionalInt.empty();
  }

  /** The primes from 2 to {@code limit}, which is below 2^20. */
  static int[] upTo(int limit) {
    int count = 0;
    while (PRIMES[count] <= limit) {
      count++;
    }
    int[] primes = new int[count + 1];
    primes[0] = 2;
    System.arraycopy(PRIMES, 0, primes, 1, count);
    return primes;
  }

  private static void step(double[] remainders, int digit, int from, int count) {
    for (int i = 0; i < count; i++) {
      double v = remainders[i] * 0x1p30 + digit;
      remainders[i] = v - Math.floor(v * INVERSES[from + i]) * DIVISORS[from + i];
    }
  }

  /** The digits of n in base 2^30, the highest first. */
  private static int[] digits(BigInteger n) {
    int count = (n.bitLength() + DIGIT_BITS - 1) / DIGIT_BITS;
    int[] digits = new int[count];
    for (int i = 0; i < count; i++) {
      int lowest = n.shiftRight(DIGIT_BITS * (count - 1 - i)).intValue();
      digits[i] = lowest & ((1 << DIGIT_BITS) - 1);
    }
    return digits;
  }

  private static int[] oddPrimesBelow(int limit) {
    BitSet composite = new BitSet(limit);
    for (int i = 3; i * i < limit; i += 2) {
      if (!composite.get(i)) {
        for (int j = i * i; j < limit; j += 2 * i) {
          composite.set(j);
        }
      }
    }
    int[] primes = new int[limit / 12];
    int count = 0;
    for (int i = 3; i < limit; i += 2) {
      if (!composite.get(i)) {
        primes[count++] = i;
      }
    }
    return Arrays.copyOf(primes, count);
  }
}
