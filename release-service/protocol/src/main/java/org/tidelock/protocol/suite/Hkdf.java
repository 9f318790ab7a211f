package org.tidelock.protocol.suite;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF-SHA256, extract and expand (RFC 5869, section 2), of the JDK. Thread-safe. */
public final class Hkdf {

  private static final int MAX_BYTES = 255 * Sha256.BYTES;

  private Hkdf() {}

  /**
   * Derives {@code length} bytes.
   *
   * @param salt public; empty where the input key is already uniformly random
   * @param info what the bytes are for
   * @param length 1 to 8160
   */
  public static SecretBytes derive(SecretBytes inputKey, byte[] salt, byte[] info, int length) {
    return SecretBytes.takeOver(derive(inputKey.array(), salt, info, length));
  }

  static byte[] derive(byte[] inputKey, byte[] salt, byte[] info, int length) {
    if (length < 1 || length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "%d bytes asked of HKDF; 1 to %d possible".formatted(length, MAX_BYTES));
    }
    byte[] key = inputKey.clone();
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
