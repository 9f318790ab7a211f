package org.tidelock.protocol.keys;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.suite.AesGcm;
import org.tidelock.protocol.suite.Argon2id;
import org.tidelock.protocol.suite.Suite;

/**
 * A secret key as the key server stores it: encrypted, with everything that says what it is bound
 * to it as associated data. {@link KeyWrap} makes and opens it.
 *
 * @param suite the suite the key belongs to
 * @param account whose key it is
 * @param purpose what is inside and what wraps it
 * @param version 1 and up, counted for each purpose by itself
 * @param kdf how the wrapping key comes about
 * @param salt 16 bytes, for that derivation
 * @param iv 12 bytes, the nonce of AES-256-GCM
 * @param publicKey what the secret inside, or the secret that wraps it, is known by: the signing or
 *     encryption key's public half; for an account key, the auth key's of what wraps it
 * @param ciphertext 32 bytes of key commitment, then the encrypted secret and its tag: 80 bytes
 */
public record WrappedKey(
    Suite suite,
    AccountId account,
    KeyPurpose purpose,
    long version,
    KeyDerivation kdf,
    Bytes salt,
    Bytes iv,
    Bytes publicKey,
    Bytes ciphertext) {

  /** How many bytes a secret has that can be wrapped: all of them have this many. */
  public static final int SECRET_BYTES = 32;

  static final int COMMITMENT_BYTES = 32;

  private static final int CIPHERTEXT_BYTES = COMMITMENT_BYTES + SECRET_BYTES + AesGcm.TAG_BYTES;

  public WrappedKey {
    if (version < 1) {
      throw new IllegalArgumentException("version is %d; at least 1 required".formatted(version));
    }
    requireLength("salt", salt, Argon2id.SALT_BYTES);
    requireLength("iv", iv, AesGcm.NONCE_BYTES);
    requireLength("ciphertext", ciphertext, CIPHERTEXT_BYTES);
    requireLength(
        "publicKey", publicKey, purpose == KeyPurpose.ENCRYPTION_KEY ? suite.publicKeyBytes() : 32);
    boolean fromPassword = kdf instanceof KeyDerivation.FromPassword;
    if (fromPassword != (purpose == KeyPurpose.ACCOUNT_KEY_BY_PASSWORD)) {
      throw new IllegalArgumentException(
          "a record of purpose %s cannot be derived by %s".formatted(purpose.text(), kdf.text()));
    }
  }

  /** What the encryption is bound to: every field but the ciphertext. */
  Bytes associatedData() {
    return new Canonical("tidelock/v1/wrapped-key")
        .integer(suite.number())
        .bytes(account.value())
        .text(purpose.text())
        .integer(version)
        .text(kdf.text())
        .bytes(salt)
        .bytes(iv)
        .bytes(publicKey)
        .encoded();
  }

  private static void requireLength(String name, Bytes bytes, int required) {
    if (bytes.length() != required) {
      throw new IllegalArgumentException(
          "%s has %d bytes; %d required".formatted(name, bytes.length(), required));
    }
  }
}
