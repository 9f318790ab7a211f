package org.tidelock.protocol.suite;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;

/**
 * An Ed25519 public key (RFC 8032): a canonically encoded point of the curve, not of small order.
 * Immutable and thread-safe. Verification is BouncyCastle's, without cofactor.
 */
public final class SigningPublicKey {

  /** How many bytes a public key has. */
  public static final int BYTES = 32;

  private final Bytes value;

  /** Decoding takes a square root, a tenth of what verifying costs: it is done once. */
  private final Ed25519.PublicPoint point;

  /**
   * Decodes.
   *
   * @param value 32 bytes
   * @throws IllegalArgumentException if they are no such point
   */
  public SigningPublicKey(Bytes value) {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException(
          "Ed25519 public key has %d bytes; %d required".formatted(value.length(), BYTES));
    }
    this.value = value;
    this.point = decode(value);
  }

  private static Ed25519.PublicPoint decode(Bytes value) {
    Ed25519.@Nullable PublicPoint point =
        Ed25519.validatePublicKeyPartialExport(value.toArray(), 0);
    if (point == null) {
      throw new IllegalArgumentException(
          "Ed25519 public key is not a point of the curve, or one of small order");
    }
    return point;
  }

  /** The 32 bytes. */
  public Bytes value() {
    return value;
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
    return Ed25519.verify(signature.value().toArray(), 0, point, bytes, 0, bytes.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SigningPublicKey key && key.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "SigningPublicKey[value=" + value + "]";
  }
}
