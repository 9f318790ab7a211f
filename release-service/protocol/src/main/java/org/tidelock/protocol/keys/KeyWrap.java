package org.tidelock.protocol.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.AesGcm;
import org.tidelock.protocol.suite.Argon2id;
import org.tidelock.protocol.suite.Hkdf;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * Wraps secret keys and opens them.
 *
 * <p>okm = HKDF-SHA256(wrapping secret, the record's salt, "tidelock/v1/wrap", 64 bytes);
 * ciphertext = okm[32..64] ‖ AES-256-GCM(key okm[0..32], the record's iv, associated data = every
 * other field of the record, secret). GCM does not commit to its key: a server could make one
 * ciphertext that opens under many passwords and learn from the client's reaction which is right.
 * The second half of okm does commit, and is compared first.
 */
final class KeyWrap {

  private static final byte[] INFO = "tidelock/v1/wrap".getBytes(StandardCharsets.US_ASCII);

  private KeyWrap() {}

  /** Wraps a secret with a fresh salt. */
  static WrappedKey seal(
      KeySlot slot, KeyDerivation kdf, SecretBytes wrappingSecret, SecretBytes secret) {
    return seal(slot, kdf, RandomBytes.ofLength(Argon2id.SALT_BYTES), wrappingSecret, secret);
  }

  /** Wraps a secret where the salt is that of the password's derivation. */
  static WrappedKey seal(
      KeySlot slot, KeyDerivation kdf, Bytes salt, SecretBytes wrappingSecret, SecretBytes secret) {
    return seal(slot, kdf, salt, RandomBytes.ofLength(AesGcm.NONCE_BYTES), wrappingSecret, secret);
  }

  static WrappedKey seal(
      KeySlot slot,
      KeyDerivation kdf,
      Bytes salt,
      Bytes iv,
      SecretBytes wrappingSecret,
      SecretBytes secret) {
    WrappedKey unsealed =
        record(
            slot,
            kdf,
            salt,
            iv,
            new byte[WrappedKey.COMMITMENT_BYTES + WrappedKey.SECRET_BYTES + AesGcm.TAG_BYTES]);
    byte[] okm = keyMaterial(wrappingSecret, salt);
    try (SecretBytes key = SecretBytes.copyOf(Arrays.copyOf(okm, AesGcm.KEY_BYTES))) {
      byte[] encrypted = AesGcm.seal(key, iv, unsealed.associatedData(), secret).toArray();
      byte[] ciphertext = new byte[WrappedKey.COMMITMENT_BYTES + encrypted.length];
      System.arraycopy(okm, AesGcm.KEY_BYTES, ciphertext, 0, WrappedKey.COMMITMENT_BYTES);
      System.arraycopy(encrypted, 0, ciphertext, WrappedKey.COMMITMENT_BYTES, encrypted.length);
      return record(slot, kdf, salt, iv, ciphertext);
    } finally {
      Arrays.fill(okm, (byte) 0);
    }
  }

  /** Compares what the record says of itself, then the commitment, then decrypts. */
  static Unwrapping open(WrappedKey wrapped, KeySlot expected, SecretBytes wrappingSecret) {
    if (!wrapped.account().equals(expected.account())) {
      return mixed("account", wrapped.account(), expected.account());
    }
    if (wrapped.purpose() != expected.purpose()) {
      return mixed("purpose", wrapped.purpose().text(), expected.purpose().text());
    }
    if (wrapped.version() < expected.version()) {
      return new Unwrapping.RolledBack(wrapped.version(), expected.version());
    }
    if (wrapped.version() != expected.version()) {
      return mixed("version", wrapped.version(), expected.version());
    }
    if (wrapped.suite() != expected.suite()) {
      return mixed("suite", wrapped.suite().number(), expected.suite().number());
    }
    if (!wrapped.publicKey().equals(expected.publicKey())) {
      return switch (expected.purpose()) {
        // Here the public key is that of what wraps: another password, another recovery key.
        case ACCOUNT_KEY_BY_PASSWORD, ACCOUNT_KEY_BY_RECOVERY -> new Unwrapping.WrongKey();
        case SIGNING_KEY, ENCRYPTION_KEY ->
            mixed("public key", wrapped.publicKey(), expected.publicKey());
      };
    }
    return decrypt(wrapped, wrappingSecret);
  }

  private static Unwrapping decrypt(WrappedKey wrapped, SecretBytes wrappingSecret) {
    byte[] ciphertext = wrapped.ciphertext().toArray();
    byte[] okm = keyMaterial(wrappingSecret, wrapped.salt());
    try (SecretBytes key = SecretBytes.takeOver(Arrays.copyOf(okm, AesGcm.KEY_BYTES))) {
      byte[] commitment = Arrays.copyOfRange(okm, AesGcm.KEY_BYTES, okm.length);
      if (!MessageDigest.isEqual(
          commitment, Arrays.copyOf(ciphertext, WrappedKey.COMMITMENT_BYTES))) {
        return new Unwrapping.WrongKey();
      }
      Bytes encrypted =
          Bytes.of(Arrays.copyOfRange(ciphertext, WrappedKey.COMMITMENT_BYTES, ciphertext.length));
      return switch (AesGcm.open(key, wrapped.iv(), wrapped.associatedData(), encrypted)) {
        case Opening.Opened(SecretBytes secret) -> new Unwrapping.Unwrapped(secret);
        case Opening.Refused _ -> new Unwrapping.Altered();
      };
    } finally {
      Arrays.fill(okm, (byte) 0);
    }
  }

  private static byte[] keyMaterial(SecretBytes wrappingSecret, Bytes salt) {
    try (SecretBytes okm =
        Hkdf.derive(
            wrappingSecret, salt.toArray(), INFO, AesGcm.KEY_BYTES + WrappedKey.COMMITMENT_BYTES)) {
      return okm.revealCopy();
    }
  }

  private static WrappedKey record(
      KeySlot slot, KeyDerivation kdf, Bytes salt, Bytes iv, byte[] ciphertext) {
    return new WrappedKey(
        slot.suite(),
        slot.account(),
        slot.purpose(),
        slot.version(),
        kdf,
        salt,
        iv,
        slot.publicKey(),
        Bytes.of(ciphertext));
  }

  private static Unwrapping mixed(String field, Object found, Object expected) {
    return new Unwrapping.Mixed(
        "the stored record's %s is %s; %s expected".formatted(field, found, expected));
  }
}
