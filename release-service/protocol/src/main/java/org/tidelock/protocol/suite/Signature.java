package org.tidelock.protocol.suite;

import org.tidelock.engine.puzzle.Bytes;

/**
 * An Ed25519 signature (RFC 8032), not known to be valid.
 *
 * @param value 64 bytes
 */
public record Signature(Bytes value) {

  /** How many bytes a signature has. */
  public static final int BYTES = 64;

  public Signature {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException(
          "signature has %d bytes; %d required".formatted(value.length(), BYTES));
    }
  }
}
