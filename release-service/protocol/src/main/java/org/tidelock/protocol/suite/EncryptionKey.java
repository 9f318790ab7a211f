package org.tidelock.protocol.suite;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.tidelock.engine.puzzle.Bytes;

/** A private key that opens what HPKE sealed to its public half. Thread-safe until closed. */
public final class EncryptionKey implements AutoCloseable {

  private final Suite suite;
  private final SecretBytes privateKey;
  private final EncryptionPublicKey publicKey;

  private EncryptionKey(Suite suite, SecretBytes privateKey) {
    this.suite = suite;
    this.privateKey = privateKey;
    HPKE hpke = Hpke.configured(suite, HPKE.aead_AES_GCM256);
    AsymmetricCipherKeyPair pair = hpke.deserializePrivateKey(privateKey.array(), null);
    this.publicKey =
        new EncryptionPublicKey(suite, Bytes.of(hpke.serializePublicKey(pair.getPublic())));
  }

  /** A fresh key: 32 random bytes, which both suites take as a private key. */
  public static EncryptionKey generate(Suite suite) {
    return new EncryptionKey(suite, SecretBytes.random(suite.privateKeyBytes()));
  }

  /** The key of stored bytes, which this takes over: they are wiped when the key is closed. */
  public static EncryptionKey fromPrivate(Suite suite, SecretBytes privateKey) {
    if (privateKey.length() != suite.privateKeyBytes()) {
      throw new IllegalArgumentException(
          "private encryption key has %d bytes; %d required in suite %d"
              .formatted(privateKey.length(), suite.privateKeyBytes(), suite.number()));
    }
    return new EncryptionKey(suite, privateKey);
  }

  /** The public half. */
  public EncryptionPublicKey publicKey() {
    return publicKey;
  }

  /** A copy of the private key, to be stored encrypted. The caller closes it. */
  public SecretBytes revealPrivate() {
    return SecretBytes.copyOf(privateKey.array());
  }

  @Override
  public void close() {
    privateKey.close();
  }

  Suite suite() {
    return suite;
  }

  AsymmetricCipherKeyPair pair(HPKE hpke) {
    return hpke.deserializePrivateKey(privateKey.array(), publicKey.value().toArray());
  }
}
