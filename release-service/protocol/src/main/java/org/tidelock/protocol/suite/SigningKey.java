package org.tidelock.protocol.suite;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;

/**
 * An Ed25519 private key (RFC 8032): its 32-byte seed. Signing is deterministic. Thread-safe until
 * closed.
 */
public final class SigningKey implements AutoCloseable {

  /** How many bytes a seed has. */
  public static final int SEED_BYTES = 32;

  private final SecretBytes seed;
  private final SigningPublicKey publicKey;

  private SigningKey(SecretBytes seed) {
    this.seed = seed;
    byte[] encoded = new byte[SigningPublicKey.BYTES];
    Ed25519.generatePublicKey(seed.array(), 0, encoded, 0);
    this.publicKey = new SigningPublicKey(Bytes.of(encoded));
  }

  /** A fresh key. */
  public static SigningKey generate() {
    return new SigningKey(SecretBytes.random(SEED_BYTES));
  }

  /** The key of a seed, which this takes over: it is wiped when the key is closed. */
  public static SigningKey fromSeed(SecretBytes seed) {
    if (seed.length() != SEED_BYTES) {
      throw new IllegalArgumentException(
          "Ed25519 seed has %d bytes; %d required".formatted(seed.length(), SEED_BYTES));
    }
    return new SigningKey(seed);
  }

  /** The public half. */
  public SigningPublicKey publicKey() {
    return publicKey;
  }

  /** Signs the encoded statement. */
  public Signature sign(Canonical statement) {
    return signRaw(statement.encoded());
  }

  /**
   * Signs these bytes as they are. Only for encodings fixed elsewhere, such as RFC 9421; everything
   * else goes through {@link #sign}.
   */
  public Signature signRaw(Bytes message) {
    byte[] bytes = message.toArray();
    byte[] signature = new byte[Signature.BYTES];
    Ed25519.sign(
        seed.array(), 0, publicKey.value().toArray(), 0, bytes, 0, bytes.length, signature, 0);
    return new Signature(Bytes.of(signature));
  }

  /** A copy of the seed, to be stored encrypted. The caller closes it. */
  public SecretBytes revealSeed() {
    return SecretBytes.copyOf(seed.array());
  }

  @Override
  public void close() {
    seed.close();
  }
}
