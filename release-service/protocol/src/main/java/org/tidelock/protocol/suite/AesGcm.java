package org.tidelock.protocol.suite;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.tidelock.engine.puzzle.Bytes;

/**
 * AES-256-GCM with a 16-byte tag (NIST SP 800-38D), of the JDK. A nonce must never come twice with
 * one key. GCM does not commit to its key: where the key comes from a password, compare a
 * commitment first. Thread-safe.
 */
public final class AesGcm {

  /** How many bytes a key has. */
  public static final int KEY_BYTES = 32;

  /** How many bytes a nonce has. */
  public static final int NONCE_BYTES = 12;

  /** How many bytes a ciphertext is longer than its plaintext. */
  public static final int TAG_BYTES = 16;

  private AesGcm() {}

  /** The ciphertext, followed by the tag. */
  public static Bytes seal(
      SecretBytes key, Bytes nonce, Bytes associatedData, SecretBytes plaintext) {
    requireLength("key", key.length(), KEY_BYTES);
    return sealUnderAnyKey(key, nonce, associatedData, plaintext);
  }

  /** Decrypts what {@link #seal} made, under the same key, nonce and associated data only. */
  public static Opening open(SecretBytes key, Bytes nonce, Bytes associatedData, Bytes ciphertext) {
    requireLength("key", key.length(), KEY_BYTES);
    return openUnderAnyKey(key, nonce, associatedData, ciphertext);
  }

  /** Under a key of 16, 24 or 32 bytes. */
  static Bytes sealUnderAnyKey(
      SecretBytes key, Bytes nonce, Bytes associatedData, SecretBytes plaintext) {
    try {
      return Bytes.of(
          cipher(Cipher.ENCRYPT_MODE, key, nonce, associatedData).doFinal(plaintext.array()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", e);
    }
  }

  /** Under a key of 16, 24 or 32 bytes. */
  static Opening openUnderAnyKey(
      SecretBytes key, Bytes nonce, Bytes associatedData, Bytes ciphertext) {
    if (ciphertext.length() < TAG_BYTES) {
      return new Opening.Refused();
    }
    try {
      return new Opening.Opened(
          SecretBytes.takeOver(
              cipher(Cipher.DECRYPT_MODE, key, nonce, associatedData)
                  .doFinal(ciphertext.toArray())));
    } catch (AEADBadTagException e) {
      return new Opening.Refused();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", e);
    }
  }

  private static Cipher cipher(int mode, SecretBytes key, Bytes nonce, Bytes associatedData)
      throws GeneralSecurityException {
    requireLength("nonce", nonce.length(), NONCE_BYTES);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(key.array(), "AES"),
        new GCMParameterSpec(8 * TAG_BYTES, nonce.toArray()));
    cipher.updateAAD(associatedData.toArray());
    return cipher;
  }

  private static void requireLength(String name, int length, int required) {
    if (length != required) {
      throw new IllegalArgumentException(
          "%s has %d bytes; %d required".formatted(name, length, required));
    }
  }
}
