package org.tidelock.protocol.suite;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;

/**
 * An Ed25519 public key (RFC 8032): a canonically encoded point of the curve, not of small order.
 * Immutable and thread-safe. Verification is BouncyCastle's, without cofactor.
 *
 * @param value 32 bytes
 */
public record SigningPublicKey(Bytes value) {

  /** How many bytes a public key has. */
  public static final int BYTES = 32;

  public SigningPublicKey {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException(
          "Ed25519 public key has %d bytes; %d required".formatted(value.length(), BYTES));
    }
    if (!Ed25519.validatePublicKeyPartial(value.toArray(), 0)) {
      throw new IllegalArgumentException(
          "Ed25519 public key is not a point of the curve, or one of small order");
    }
  }

  /** Whether the signature is this key's over the encoded statement. */
  public boolean verifies(Canonical statement, Signature signature) {
    return verifiesRaw(statement.encoded(), signature);
  }

  /**
   * Whether the signature is this key's over these bytes. Only for encodings fixed elsewhere, such
   * as RFC 9421; everything else goes through {@link #verifies}, whose label keeps one kind of
   * statement from passing as another.
   */
  public boolean verifiesRaw(Bytes message, Signature signature) {
    byte[] bytes = message.toArray();
    return Ed25519.verify(
        signature.value().toArray(), 0, value.toArray(), 0, bytes, 0, bytes.length);
  }
}
