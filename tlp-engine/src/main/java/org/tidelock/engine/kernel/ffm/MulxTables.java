package org.tidelock.engine.kernel.ffm;

import java.math.BigInteger;

/**
 * What the mulx kernel derives from a modulus, in the layout of {@code scalar/tlk_mulx_tables.h}.
 *
 * <p>Limbs are 64 bits, least significant first. R = 2^(64 limbs).
 */
final class MulxTables {

  private static final int LIMBS_OF_A_BLOCK = 8;
  private static final BigInteger BASE = BigInteger.ONE.shiftLeft(Long.SIZE);

  private MulxTables() {}

  /** Limbs of a number modulo {@code modulus}: a whole number of blocks. */
  static int limbs(BigInteger modulus) {
    return Math.ceilDiv(modulus.bitLength(), Long.SIZE * LIMBS_OF_A_BLOCK) * LIMBS_OF_A_BLOCK;
  }

  /** Where the modulus begins. */
  static int modulusOffset() {
    return LIMBS_OF_A_BLOCK;
  }

  /** Where M = 2^-64 mod N begins, as long as the modulus. */
  static int foldOffset(int limbs) {
    return 2 * LIMBS_OF_A_BLOCK + limbs;
  }

  static long[] derive(BigInteger modulus) {
    int limbs = limbs(modulus);
    long[] tables = new long[2 * LIMBS_OF_A_BLOCK + 3 * limbs];
    tables[0] = modulus.modInverse(BASE).negate().longValue();
    BigInteger fold = BASE.modInverse(modulus);
    System.arraycopy(toLimbs(modulus, limbs), 0, tables, modulusOffset(), limbs);
    System.arraycopy(toLimbs(fold, limbs), 0, tables, foldOffset(limbs), limbs);
    return tables;
  }

  static long[] toLimbs(BigInteger value, int limbs) {
    long[] result = new long[limbs];
    for (int i = 0; i < limbs; i++) {
      result[i] = value.shiftRight(Long.SIZE * i).longValue();
    }
    return result;
  }

  static BigInteger fromLimbs(long[] limbs) {
    byte[] bigEndian = new byte[limbs.length * Long.BYTES];
    for (int i = 0; i < bigEndian.length; i++) {
      int fromEnd = bigEndian.length - 1 - i;
      bigEndian[i] = (byte) (limbs[fromEnd / Long.BYTES] >>> (Byte.SIZE * (fromEnd % Long.BYTES)));
    }
    return new BigInteger(1, bigEndian);
  }
}
