package org.tidelock.protocol.suite;

import org.tidelock.engine.puzzle.Bytes;

/**
 * The X25519 function of RFC 7748, of BouncyCastle: key agreement without HPKE around it. Thread-
 * safe.
 */
public final class X25519 {

  /** How many bytes a private key, a public key and a shared secret have. */
  public static final int BYTES = 32;

  private X25519() {}

  /** The public key of a private one. */
  public static Bytes publicKey(SecretBytes privateKey) {
    byte[] publicKey = new byte[BYTES];
    requireLength(privateKey.length());
    org.bouncycastle.math.ec.rfc7748.X25519.generatePublicKey(privateKey.array(), 0, publicKey, 0);
    return Bytes.of(publicKey);
  }

  /**
   * What both sides compute. {@link Opening.Refused} where the result is zero, that is, where the
   * public key is a point of small order and the secret would not depend on the private key (RFC
   * 7748, section 6.1).
   */
  public static Opening agree(SecretBytes privateKey, Bytes publicKey) {
    requireLength(privateKey.length());
    requireLength(publicKey.length());
    byte[] shared = new byte[BYTES];
    boolean contributory =
        org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(
            privateKey.array(), 0, publicKey.toArray(), 0, shared, 0);
    return contributory ? new Opening.Opened(SecretBytes.takeOver(shared)) : new Opening.Refused();
  }

  private static void requireLength(int length) {
    if (length != BYTES) {
      throw new IllegalArgumentException(
          "X25519 key has %d bytes; %d required".formatted(length, BYTES));
    }
  }
}
