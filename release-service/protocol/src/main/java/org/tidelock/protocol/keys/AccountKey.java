package org.tidelock.protocol.keys;

import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.suite.Suite;

/**
 * The 256 random bits that wrap all private keys of an account, of every generation: a message
 * locked for years needs the old ones. A new password wraps it again and leaves the private keys'
 * records as they are. Thread-safe until closed.
 */
public final class AccountKey implements AutoCloseable {

  private static final KeyDerivation KDF = new KeyDerivation.FromKey();

  private final SecretBytes secret;

  private AccountKey(SecretBytes secret) {
    this.secret = secret;
  }

  /** A fresh one. */
  public static AccountKey generate() {
    return new AccountKey(SecretBytes.random(WrappedKey.SECRET_BYTES));
  }

  /** The account key of an unwrapped secret, which this takes over. */
  public static AccountKey fromSecret(SecretBytes secret) {
    if (secret.length() != WrappedKey.SECRET_BYTES) {
      throw new IllegalArgumentException(
          "account key has %d bytes; %d required"
              .formatted(secret.length(), WrappedKey.SECRET_BYTES));
    }
    return new AccountKey(secret);
  }

  /** The private signing key of a generation, wrapped. */
  public WrappedKey wrap(Suite suite, SigningKey key, AccountId account, long generation) {
    try (SecretBytes seed = key.revealSeed()) {
      return KeyWrap.seal(slot(suite, key.publicKey(), account, generation), KDF, secret, seed);
    }
  }

  /** The private encryption key of a generation, wrapped. */
  public WrappedKey wrap(EncryptionKey key, AccountId account, long generation) {
    try (SecretBytes privateKey = key.revealPrivate()) {
      return KeyWrap.seal(slot(key.publicKey(), account, generation), KDF, secret, privateKey);
    }
  }

  /** Opens a signing key's record: its seed, checked to be that of {@code publicKey}. */
  public Unwrapping unwrap(
      WrappedKey wrapped,
      Suite suite,
      SigningPublicKey publicKey,
      AccountId account,
      long generation) {
    Unwrapping unwrapping =
        KeyWrap.open(wrapped, slot(suite, publicKey, account, generation), secret);
    if (unwrapping instanceof Unwrapping.Unwrapped(SecretBytes seed)) {
      try (SigningKey key = SigningKey.fromSeed(SecretBytes.takeOver(seed.revealCopy()))) {
        return key.publicKey().equals(publicKey) ? unwrapping : anotherKey();
      }
    }
    return unwrapping;
  }

  /** Opens an encryption key's record: the private key, checked to be that of the public one. */
  public Unwrapping unwrap(
      WrappedKey wrapped, EncryptionPublicKey publicKey, AccountId account, long generation) {
    Unwrapping unwrapping = KeyWrap.open(wrapped, slot(publicKey, account, generation), secret);
    if (unwrapping instanceof Unwrapping.Unwrapped(SecretBytes privateKey)) {
      try (EncryptionKey key =
          EncryptionKey.fromPrivate(
              publicKey.suite(), SecretBytes.takeOver(privateKey.revealCopy()))) {
        return key.publicKey().equals(publicKey) ? unwrapping : anotherKey();
      }
    }
    return unwrapping;
  }

  /** A copy of the key, to be stored encrypted on a device. The caller closes it. */
  public SecretBytes revealSecret() {
    return SecretBytes.takeOver(secret.revealCopy());
  }

  @Override
  public void close() {
    secret.close();
  }

  SecretBytes secret() {
    return secret;
  }

  private static Unwrapping anotherKey() {
    return new Unwrapping.Mixed("the private key inside is not that of the public key stated");
  }

  private static KeySlot slot(
      Suite suite, SigningPublicKey publicKey, AccountId account, long generation) {
    return new KeySlot(suite, account, KeyPurpose.SIGNING_KEY, generation, publicKey.value());
  }

  private static KeySlot slot(EncryptionPublicKey publicKey, AccountId account, long generation) {
    return new KeySlot(
        publicKey.suite(), account, KeyPurpose.ENCRYPTION_KEY, generation, publicKey.value());
  }
}
