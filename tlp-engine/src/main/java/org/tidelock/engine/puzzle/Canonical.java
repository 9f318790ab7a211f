package org.tidelock.engine.puzzle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The one encoding of a labelled list of fields: each field, the label first, is its length as a
 * big-endian u32 and its bytes. Integers are 8 bytes, big-endian; big numbers are unsigned,
 * big-endian, of a length known from the fields before them; texts are UTF-8. Different fields give
 * different bytes, and no encoding is the beginning of another of the same shape.
 *
 * <p>This class writes; {@link CanonicalReader} reads. Not thread-safe.
 */
public final class Canonical {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  /**
   * Begins an encoding.
   *
   * @param label what is encoded, such as {@code tidelock/v1/puzzle}
   */
  public Canonical(String label) {
    text(label);
  }

  /** Adds bytes of any length. */
  public Canonical bytes(byte[] field) {
    writeLength(field.length);
    out.write(field, 0, field.length);
    return this;
  }

  /** Adds bytes of any length. */
  public Canonical bytes(Bytes field) {
    return bytes(field.toArray());
  }

  /** Adds a text in UTF-8. */
  public Canonical text(String field) {
    return bytes(field.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds an integer.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Canonical integer(long field) {
    if (field < 0) {
      throw new IllegalArgumentException("%d is negative; at least 0 required".formatted(field));
    }
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (field >>> (8 * (Long.BYTES - 1 - i)));
    }
    return bytes(bytes);
  }

  /**
   * Adds a number of exactly {@code length} bytes.
   *
   * @throws IllegalArgumentException if it is negative or needs more bytes
   */
  public Canonical number(BigInteger field, int length) {
    return bytes(unsigned(field, length));
  }

  /** The bytes written so far. */
  public Bytes encoded() {
    return Bytes.of(out.toByteArray());
  }

  /** {@code value} as an unsigned big-endian number of exactly {@code length} bytes. */
  static byte[] unsigned(BigInteger value, int length) {
    if (value.signum() < 0 || value.bitLength() > 8L * length) {
      throw new IllegalArgumentException(
          "a number of %d bits does not fit %d unsigned bytes"
              .formatted(value.bitLength(), length));
    }
    byte[] signed = value.toByteArray();
    byte[] bytes = new byte[length];
    int digits = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - digits, bytes, length - digits, digits);
    Arrays.fill(signed, (byte) 0);
    return bytes;
  }

  private void writeLength(int length) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(length >>> shift);
    }
  }
}
