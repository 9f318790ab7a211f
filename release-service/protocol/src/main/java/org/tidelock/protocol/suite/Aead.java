package org.tidelock.protocol.suite;

import org.bouncycastle.crypto.hpke.HPKE;
import org.tidelock.engine.puzzle.Bytes;

/** An authenticated encryption as HPKE numbers it (RFC 9180, section 7.3). */
public enum Aead {
  /** Only what is published with it is checked; this protocol does not use it. */
  AES_128_GCM(HPKE.aead_AES_GCM128, 16),
  /** The one this protocol uses. */
  AES_256_GCM(HPKE.aead_AES_GCM256, AesGcm.KEY_BYTES);

  private final short id;
  private final int keyBytes;

  Aead(short id, int keyBytes) {
    this.id = id;
    this.keyBytes = keyBytes;
  }

  /** The number in HPKE's registry. */
  public int id() {
    return id;
  }

  /** How many bytes a key has. */
  public int keyBytes() {
    return keyBytes;
  }

  /** How many bytes a nonce has. */
  public int nonceBytes() {
    return AesGcm.NONCE_BYTES;
  }

  /** The ciphertext, followed by the tag. */
  public Bytes seal(SecretBytes key, Bytes nonce, SecretBytes plaintext) {
    requireKey(key);
    return AesGcm.sealUnderAnyKey(key, nonce, Bytes.of(new byte[0]), plaintext);
  }

  /** Decrypts what {@link #seal} made. */
  public Opening open(SecretBytes key, Bytes nonce, Bytes ciphertext) {
    requireKey(key);
    return AesGcm.openUnderAnyKey(key, nonce, Bytes.of(new byte[0]), ciphertext);
  }

  private void requireKey(SecretBytes key) {
    if (key.length() != keyBytes) {
      throw new IllegalArgumentException(
          "key has %d bytes; %d required".formatted(key.length(), keyBytes));
    }
  }
}
