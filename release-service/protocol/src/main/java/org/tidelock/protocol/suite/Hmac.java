package org.tidelock.protocol.suite;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tidelock.engine.puzzle.Bytes;

/** HMAC-SHA256 (RFC 2104), of the JDK. Thread-safe. */
public final class Hmac {

  private Hmac() {}

  /**
   * The 32-byte authentication code of a message.
   *
   * @throws IllegalArgumentException if the key is empty
   */
  public static Bytes of(SecretBytes key, Bytes message) {
    return Bytes.of(compute(key.array(), message.toArray()));
  }

  /** Whether {@code code} is the message's, compared in time independent of where it differs. */
  public static boolean verify(SecretBytes key, Bytes message, Bytes code) {
    return MessageDigest.isEqual(compute(key.array(), message.toArray()), code.toArray());
  }

  private static byte[] compute(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
