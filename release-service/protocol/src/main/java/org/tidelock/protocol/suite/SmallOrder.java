package org.tidelock.protocol.suite;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidelock.engine.puzzle.Bytes;

/**
 * The points of X25519 (RFC 7748) of small order: with any private key they give the same shared
 * secret, all zeros, which section 6.1 tells to refuse. There are five of them on curve and twist,
 * and two more encodings that are not reduced modulo 2^255 - 19; the highest bit is not looked at.
 */
final class SmallOrder {

  private static final int KEY_BYTES = 32;
  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The u-coordinate of the points of order eight, and the other one. */
  private static final BigInteger EIGHTH =
      new BigInteger("325606250916557431795983626356110631294008115727848805560023387167927233504");

  private static final BigInteger OTHER_EIGHTH =
      new BigInteger(
          "39382357235489614581723060781553021112529911719440698176882885853963445705823");

  private static final Set<Bytes> ENCODINGS =
      Stream.of(
              BigInteger.ZERO,
              BigInteger.ONE,
              EIGHTH,
              OTHER_EIGHTH,
              PRIME.subtract(BigInteger.ONE),
              PRIME,
              PRIME.add(BigInteger.ONE))
          .map(SmallOrder::encoded)
          .collect(Collectors.toUnmodifiableSet());

  private SmallOrder() {}

  /** Whether this public key, of 32 bytes, is such a point. Public keys are no secrets. */
  static boolean isOnX25519(Bytes publicKey) {
    byte[] bytes = publicKey.toArray();
    bytes[KEY_BYTES - 1] &= 0x7f;
    return ENCODINGS.contains(Bytes.of(bytes));
  }

  /** Every encoding, with the highest bit clear. */
  static Set<Bytes> encodings() {
    return ENCODINGS;
  }

  private static Bytes encoded(BigInteger u) {
    byte[] bigEndian = u.toByteArray();
    byte[] littleEndian = new byte[KEY_BYTES];
    for (int i = 0; i < Math.min(bigEndian.length, KEY_BYTES); i++) {
      littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return Bytes.of(Arrays.copyOf(littleEndian, KEY_BYTES));
  }
}
