package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * The odd primes below 2^20 and their product, made on first use and kept (some 200 kB and 330 kB).
 * One greatest common divisor with the product finds a small factor or shows that there is none.
 */
final class SmallPrimes {

  private static final int LIMIT = 1 << 20;

  private static final int[] PRIMES = oddPrimesBelow(LIMIT);

  private SmallPrimes() {}

  /** Holds the product, so that whoever only lists primes does not pay for it. */
  private static final class Product {
    static final BigInteger OF_ALL = product(0, PRIMES.length);
  }

  /** The smallest odd prime below 2^20 that divides n and is not n itself. */
  static OptionalInt smallestFactor(BigInteger n) {
    BigInteger common = n.gcd(Product.OF_ALL.mod(n));
    if (common.equals(BigInteger.ONE)) {
      return OptionalInt.empty();
    }
    for (int prime : PRIMES) {
      if (common.mod(BigInteger.valueOf(prime)).signum() == 0) {
        return n.equals(BigInteger.valueOf(prime)) ? OptionalInt.empty() : OptionalInt.of(prime);
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

  /** The product of the primes from index {@code from} to {@code to} - 1, as a balanced tree. */
  private static BigInteger product(int from, int to) {
    if (to - from > 16) {
      int middle = (from + to) >>> 1;
      return product(from, middle).multiply(product(middle, to));
    }
    BigInteger product = BigInteger.ONE;
    for (int i = from; i < to; i++) {
      product = product.multiply(BigInteger.valueOf(PRIMES[i]));
    }
    return product;
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
    return java.util.Arrays.copyOf(primes, count);
  }
}
