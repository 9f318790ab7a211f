package org.tidelock.protocol.safety;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidelock.engine.puzzle.Bytes;

/**
 * Sixty digits that both sides compute alike from both accounts' identifiers and signing keys, as
 * the Signal protocol's numeric fingerprint does (version 0): for each side, SHA-512 over version,
 * key and identifier, then 5199 times over the result and the key; six groups of five digits from
 * its first thirty bytes; the smaller half first.
 *
 * @param digits 60 decimal digits
 */
public record SafetyNumber(String digits) {

  private static final int ITERATIONS = 5200;
  private static final byte[] VERSION = {0, 0};
  private static final int GROUPS = 6;
  private static final int GROUP_BYTES = 5;
  private static final int GROUP_MODULUS = 100_000;

  /**
   * One side: who, and by which key.
   *
   * @param identifier what names the side, never the same for two
   * @param key its public key
   */
  public record Side(Bytes identifier, Bytes key) {}

  /** The number of two sides; which is named first does not matter. */
  public static SafetyNumber of(Side one, Side other) {
    return new SafetyNumber(
        Stream.of(one, other)
            .map(SafetyNumber::half)
            .sorted(Comparator.naturalOrder())
            .collect(Collectors.joining()));
  }

  /** The number as it is shown: twelve groups of five digits. */
  public List<String> groups() {
    return Stream.iterate(0, i -> i < digits.length(), i -> i + GROUP_BYTES)
        .map(i -> digits.substring(i, i + GROUP_BYTES))
        .toList();
  }

  @Override
  public String toString() {
    return String.join(" ", groups());
  }

  private static String half(Side side) {
    byte[] key = side.key().toArray();
    MessageDigest sha512 = sha512();
    sha512.update(VERSION);
    sha512.update(key);
    sha512.update(side.identifier().toArray());
    byte[] hash = sha512.digest(key);
    for (int i = 1; i < ITERATIONS; i++) {
      sha512.update(hash);
      hash = sha512.digest(key);
    }
    StringBuilder half = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      half.append("%05d".formatted(fiveBytes(hash, group * GROUP_BYTES) % GROUP_MODULUS));
    }
    return half.toString();
  }

  private static long fiveBytes(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 0; i < GROUP_BYTES; i++) {
      value = (value << 8) | (bytes[offset + i] & 0xff);
    }
    return value;
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }
}
