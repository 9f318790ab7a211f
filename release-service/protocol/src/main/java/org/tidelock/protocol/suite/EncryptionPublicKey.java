package org.tidelock.protocol.suite;

import org.tidelock.engine.puzzle.Bytes;

/**
 * A public key that HPKE encrypts to. Immutable and thread-safe.
 *
 * @param suite whose encapsulation the key is for
 * @param value as many bytes as the suite says
 */
public record EncryptionPublicKey(Suite suite, Bytes value) {

  public EncryptionPublicKey {
    if (value.length() != suite.publicKeyBytes()) {
      throw new IllegalArgumentException(
          "encryption key has %d bytes; %d required in suite %d"
              .formatted(value.length(), suite.publicKeyBytes(), suite.number()));
    }
    if (!Hpke.canEncryptTo(suite, value)) {
      throw new IllegalArgumentException(
          "encryption key is not a key of suite %d, or a weak one".formatted(suite.number()));
    }
  }
}
