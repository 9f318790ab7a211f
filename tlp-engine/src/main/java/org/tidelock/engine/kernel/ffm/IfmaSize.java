package org.tidelock.engine.kernel.ffm;

import java.util.Arrays;
import java.util.Optional;

/**
 * The sizes of number the IFMA kernel is built for: the constants of {@code ifma/size_*.h} and what
 * {@code ifma/ifma_product.h} derives from them. Digits have 52 bits.
 */
enum IfmaSize {
  BITS_1024(1024, 3, 20, 3, 32),
  BITS_1536(1536, 4, 30, 2, 32),
  BITS_2048(2048, 5, 40, 2, 32),
  BITS_2560(2560, 7, 50, 2, 64),
  BITS_3072(3072, 8, 60, 2, 64),
  BITS_4096(4096, 10, 79, 2, 64);

  static final int DIGIT_BITS = 52;
  private static final int LANES = 8;

  private final int bits;
  private final int registers;
  private final int digits;
  private final int lag;
  private final int bound;

  IfmaSize(int bits, int registers, int digits, int lag, int bound) {
    this.bits = bits;
    this.registers = registers;
    this.digits = digits;
    this.lag = lag;
    this.bound = bound;
  }

  /** The smallest size for moduli of {@code modulusBits} bits, if any is large enough. */
  static Optional<IfmaSize> forModulus(int modulusBits) {
    return Arrays.stream(values()).filter(size -> modulusBits <= size.modulusBits()).findFirst();
  }

  /** The longest modulus allowed: R is at least 2 · {@link #bound} · N. */
  int modulusBits() {
    return montgomeryBits() - Integer.numberOfTrailingZeros(2 * bound);
  }

  /** R = 2^montgomeryBits. */
  int montgomeryBits() {
    return DIGIT_BITS * digits;
  }

  /** States stay below bound · N. */
  int bound() {
    return bound;
  }

  /** Digits of a number below R. */
  int digits() {
    return digits;
  }

  /** Words of a number in memory; those of digits from {@link #digits} on are 0. */
  int words() {
    return LANES * registers;
  }

  /** The word that digit {@code i} stands in: register i mod K, lane i / K. */
  int wordOf(int digit) {
    return LANES * (digit % registers) + digit / registers;
  }

  /** How many digits higher a group is folded. */
  int foldDistance() {
    return lag * registers;
  }

  /** How many of the digits below the last one are folded one by one. */
  int singles() {
    int folds = digits / registers - lag;
    return digits - 1 - registers * folds;
  }

  String squareFunction() {
    return "tlk_ifma_square_" + bits;
  }

  String multiplyFunction() {
    return "tlk_ifma_multiply_" + bits;
  }
}
