package org.tidelock.protocol.message;

/**
 * The size buckets that contents are padded to, so that a ciphertext's length says little: Padmé
 * (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs",
 * 2019, section 4). Of a length below 2^k about log2(k) leading bits are kept: at most 12 % is
 * added, and less the longer the content is.
 */
final class PaddedLength {

  /** Nothing is shorter: most notes are of one length. */
  static final long SMALLEST = 1024;

  private PaddedLength() {}

  /**
   * The bucket for {@code length} bytes.
   *
   * @param length 0 to 2^62
   */
  static long of(long length) {
    if (length < 0 || length > 1L << 62) {
      throw new IllegalArgumentException("length is %d; 0 to 2^62 allowed".formatted(length));
    }
    if (length <= SMALLEST) {
      return SMALLEST;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(length);
    int kept = 32 - Integer.numberOfLeadingZeros(exponent);
    long mask = (1L << (exponent - kept)) - 1;
    return (length + mask) & ~mask;
  }
}
