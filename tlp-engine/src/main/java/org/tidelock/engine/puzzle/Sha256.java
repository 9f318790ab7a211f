package org.tidelock.engine.puzzle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), of the JDK: what puzzles, checkpoints and moduli are known by. */
public final class Sha256 {

  private Sha256() {}

  /** The 32 bytes of the digest of {@code content}. */
  public static byte[] of(byte[] content) {
    return digest().digest(content);
  }

  /** The 32 bytes of the digest of the concatenated parts. */
  public static byte[] of(Bytes... parts) {
    MessageDigest digest = digest();
    for (Bytes part : parts) {
      digest.update(part.toArray());
    }
    return digest.digest();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
