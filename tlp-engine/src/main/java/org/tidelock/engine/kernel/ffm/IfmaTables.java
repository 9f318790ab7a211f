package org.tidelock.engine.kernel.ffm;

import java.math.BigInteger;

/**
 * What the IFMA kernel derives from a modulus, in the layout of {@code ifma/ifma_product.h}: -1/N
 * mod 2^52 in a cache line of its own; M; then F_0 = N, F_1, F_2, ...
 */
final class IfmaTables {

  private static final int WORDS_OF_A_LINE = 8;
  private static final long DIGIT_MASK = (1L << IfmaSize.DIGIT_BITS) - 1;

  private IfmaTables() {}

  static long[] derive(BigInteger modulus, IfmaSize size) {
    long[] tables = new long[words(size)];
    BigInteger base = BigInteger.ONE.shiftLeft(IfmaSize.DIGIT_BITS);
    tables[0] = modulus.modInverse(base).negate().mod(base).longValueExact();
    put(tables, WORDS_OF_A_LINE, folded(modulus, size.foldDistance()), size);
    put(tables, modulusOffset(size), modulus, size);
    for (int distance = 1; distance <= size.singles(); distance++) {
      put(tables, modulusOffset(size) + distance * size.words(), folded(modulus, distance), size);
    }
    return tables;
  }

  static int words(IfmaSize size) {
    return modulusOffset(size) + (size.singles() + 1) * size.words();
  }

  /** Where the modulus begins. */
  static int modulusOffset(IfmaSize size) {
    return WORDS_OF_A_LINE + size.words();
  }

  /** A number below R as words. */
  static long[] toWords(BigInteger value, IfmaSize size) {
    long[] words = new long[size.words()];
    put(words, 0, value, size);
    return words;
  }

  /** The number that words hold, whose digits need not be below 2^52. */
  static BigInteger fromWords(long[] words, IfmaSize size) {
    BigInteger value = BigInteger.ZERO;
    for (int digit = words.length - 1; digit >= 0; digit--) {
      long word = words[size.wordOf(digit)];
      value = value.shiftLeft(IfmaSize.DIGIT_BITS).add(unsigned(word));
    }
    return value;
  }

  /** (c N + 1) / B with B = 2^(52 distance) and c = -1/N mod B, which is 1/B modulo N, below N. */
  private static BigInteger folded(BigInteger modulus, int distance) {
    return BigInteger.ONE.shiftLeft(IfmaSize.DIGIT_BITS * distance).modInverse(modulus);
  }

  private static void put(long[] target, int offset, BigInteger value, IfmaSize size) {
    for (int digit = 0; digit < size.digits(); digit++) {
      target[offset + size.wordOf(digit)] =
          value.shiftRight(IfmaSize.DIGIT_BITS * digit).longValue() & DIGIT_MASK;
    }
  }

  private static BigInteger unsigned(long word) {
    BigInteger low = BigInteger.valueOf(word & Long.MAX_VALUE);
    return word < 0 ? low.setBit(Long.SIZE - 1) : low;
  }
}
