package org.tidelock.engine.kernel.jvm;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * What the vector kernel derives from a modulus, and how it writes numbers: 96 digits of radix
 * 2^22, each between -2^21 and 2^21, digit 12 l + k at index 8 k + l.
 */
final class VectorTables {

  static final int RADIX_BITS = 22;
  static final int DIGITS = 96;

  /** Digits that are reduced at once. */
  static final int GROUP = 12;

  /** R is to be at least 2^8 times the modulus. */
  static final int LONGEST_MODULUS = RADIX_BITS * DIGITS - 8;

  private static final BigInteger R = BigInteger.ONE.shiftLeft(RADIX_BITS * DIGITS);
  private static final int GROUP_BITS = RADIX_BITS * GROUP;
  private static final BigInteger W = BigInteger.ONE.shiftLeft(GROUP_BITS);
  private static final BigInteger HALF = BigInteger.ONE.shiftLeft(RADIX_BITS - 1);

  private final BigInteger n;
  private final BigInteger inverseOfR;
  private final double[] modulus;
  private final double[] oneGroup;
  private final double[] twoGroups;
  private final double[] inverse = new double[GROUP + 16];

  VectorTables(BigInteger n) {
    this.n = n;
    inverseOfR = R.modInverse(n);
    modulus = toDigits(n);
    oneGroup = toDigits(clearing(W).multiply(n).add(BigInteger.ONE).shiftRight(GROUP_BITS));
    twoGroups =
        toDigits(
            clearing(W.multiply(W)).multiply(n).add(BigInteger.ONE).shiftRight(2 * GROUP_BITS));
    long[] digits = digitsOf(clearing(W), GROUP);
    for (int i = 0; i < GROUP; i++) {
      inverse[GROUP + i] = digits[i];
    }
  }

  /** N. */
  double[] modulus() {
    return modulus;
  }

  /** M1: what a dropped group is multiplied by, to be added one group higher. */
  double[] oneGroup() {
    return oneGroup;
  }

  /** M2: the same, to be added two groups higher. */
  double[] twoGroups() {
    return twoGroups;
  }

  /** The digits of -1/N mod W, in order, from index 12; zeros before and after. */
  double[] inverse() {
    return inverse;
  }

  boolean isIntact() {
    VectorTables fresh = new VectorTables(n);
    return Arrays.equals(modulus, fresh.modulus)
        && Arrays.equals(oneGroup, fresh.oneGroup)
        && Arrays.equals(twoGroups, fresh.twoGroups)
        && Arrays.equals(inverse, fresh.inverse);
  }

  void rebuild() {
    VectorTables fresh = new VectorTables(n);
    copy(fresh.modulus, modulus);
    copy(fresh.oneGroup, oneGroup);
    copy(fresh.twoGroups, twoGroups);
    copy(fresh.inverse, inverse);
  }

  /** Writes {@code value} R mod N. */
  void enter(BigInteger value, double[] digits) {
    copy(toDigits(balanced(value.multiply(R).mod(n), n)), digits);
  }

  /** Reads what {@link #enter} wrote. */
  BigInteger leave(double[] digits) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = DIGITS - 1; i >= 0; i--) {
      sum = sum.shiftLeft(RADIX_BITS).add(BigInteger.valueOf((long) digits[index(i)]));
    }
    return sum.multiply(inverseOfR).mod(n);
  }

  /** Flips one of the low 22 bits of a digit in vector layout. */
  static void flipBit(double[] digits, int bit) {
    int i = index(Math.floorDiv(bit, RADIX_BITS));
    digits[i] = (double) ((long) digits[i] ^ (1L << (bit % RADIX_BITS)));
  }

  /** -1/N modulo {@code power}, nearest to 0. */
  private BigInteger clearing(BigInteger power) {
    return balanced(n.negate().modInverse(power), power);
  }

  private static BigInteger balanced(BigInteger value, BigInteger modulus) {
    return value.compareTo(modulus.shiftRight(1)) > 0 ? value.subtract(modulus) : value;
  }

  private static double[] toDigits(BigInteger value) {
    long[] digits = digitsOf(value, DIGITS);
    double[] inLanes = new double[DIGITS];
    for (int i = 0; i < DIGITS; i++) {
      inLanes[index(i)] = digits[i];
    }
    return inLanes;
  }

  private static long[] digitsOf(BigInteger value, int count) {
    long[] digits = new long[count];
    BigInteger left = value;
    for (int i = 0; i < count; i++) {
      BigInteger rest = left.add(HALF).shiftRight(RADIX_BITS);
      digits[i] = left.subtract(rest.shiftLeft(RADIX_BITS)).longValueExact();
      left = rest;
    }
    return digits;
  }

  private static int index(int digit) {
    return digit % GROUP * 8 + digit / GROUP;
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
