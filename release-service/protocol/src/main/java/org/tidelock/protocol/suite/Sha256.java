package org.tidelock.protocol.suite;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.tidelock.engine.puzzle.Bytes;

/** SHA-256 (FIPS 180-4), of the JDK. Thread-safe. */
public final class Sha256 {

  /** How many bytes a hash has. */
  public static final int BYTES = 32;

  private Sha256() {}

  /** The hash of one string of bytes. */
  public static Bytes of(byte[] input) {
    return Bytes.of(digest().digest(input));
  }

  /** The hash of one string of bytes. */
  public static Bytes of(Bytes input) {
    return of(input.toArray());
  }

  /** A hash to be fed piece by piece, for what is too long to be held at once. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
