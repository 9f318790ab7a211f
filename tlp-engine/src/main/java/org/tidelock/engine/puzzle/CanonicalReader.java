package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads strictly what {@link Canonical} writes, from bytes nobody vouches for. Every length is
 * checked against what is left before anything is copied, so that a reader never allocates more
 * than the input's size. Any breach is a {@link PuzzleFormatException} that names the field. Not
 * thread-safe.
 */
public final class CanonicalReader {

  private final byte[] input;
  private int position;

  /**
   * Begins reading and checks the label.
   *
   * @throws PuzzleFormatException if the input begins with another label or with none
   */
  public CanonicalReader(byte[] input, String label) throws PuzzleFormatException {
    this.input = input.clone();
    byte[] expected = label.getBytes(StandardCharsets.UTF_8);
    byte[] found = field("label", 0, Math.max(expected.length, 64));
    if (!Arrays.equals(expected, found)) {
      throw new PuzzleFormatException("label is not %s".formatted(label));
    }
  }

  /** Reads bytes whose length is between the two bounds. */
  public Bytes bytes(String name, int minLength, int maxLength) throws PuzzleFormatException {
    return Bytes.of(field(name, minLength, maxLength));
  }

  /** Reads a text in well-formed UTF-8 whose encoding has at most {@code maxBytes} bytes. */
  public String text(String name, int maxBytes) throws PuzzleFormatException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(field(name, 0, maxBytes)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new PuzzleFormatException("%s is not UTF-8".formatted(name));
    }
  }

  /** Reads an integer from 0 to 2^63 - 1. */
  public long integer(String name) throws PuzzleFormatException {
    long value = ByteBuffer.wrap(field(name, Long.BYTES, Long.BYTES)).getLong();
    if (value < 0) {
      throw new PuzzleFormatException(
          "%s is %s; at most 2^63 - 1 allowed".formatted(name, Long.toUnsignedString(value)));
    }
    return value;
  }

  /** Reads a number of exactly {@code length} bytes. */
  public BigInteger number(String name, int length) throws PuzzleFormatException {
    return new BigInteger(1, field(name, length, length));
  }

  /** Everything not read yet. */
  public Bytes rest() {
    byte[] rest = Arrays.copyOfRange(input, position, input.length);
    position = input.length;
    return Bytes.of(rest);
  }

  /** Checks that nothing is left. */
  public void end() throws PuzzleFormatException {
    int left = input.length - position;
    if (left > 0) {
      throw new PuzzleFormatException("%d trailing bytes; none allowed".formatted(left));
    }
  }

  private byte[] field(String name, int minLength, int maxLength) throws PuzzleFormatException {
    int left = input.length - position;
    if (left < Integer.BYTES) {
      throw new PuzzleFormatException("ends before the length of %s".formatted(name));
    }
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(input, position, 4).getInt());
    if (length < minLength || length > maxLength) {
      throw new PuzzleFormatException(
          minLength == maxLength
              ? "%s has %d bytes; %d required".formatted(name, length, minLength)
              : "%s has %d bytes; %d to %d allowed".formatted(name, length, minLength, maxLength));
    }
    if (length > left - Integer.BYTES) {
      throw new PuzzleFormatException("ends within %s".formatted(name));
    }
    int start = position + Integer.BYTES;
    position = start + (int) length;
    return Arrays.copyOfRange(input, start, position);
  }
}
