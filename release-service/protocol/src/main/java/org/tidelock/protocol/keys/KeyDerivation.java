package org.tidelock.protocol.keys;

import org.tidelock.protocol.suite.Argon2Cost;

/** How the key that wraps a record comes about, as the record itself states it. */
public sealed interface KeyDerivation {

  /** From a password, by Argon2id version 1.3 with the record's salt. */
  record FromPassword(Argon2Cost cost) implements KeyDerivation {}

  /** From a key that is random already, by HKDF-SHA256 with the record's salt. */
  record FromKey() implements KeyDerivation {}

  /** How this is written: {@code argon2id$v=19$m=65536,t=3,p=1}, or {@code hkdf-sha256}. */
  default String text() {
    return KeyDerivationText.write(this);
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws IllegalArgumentException if it is anything else, or a cost outside the bounds
   */
  static KeyDerivation parse(String text) {
    return KeyDerivationText.parse(text);
  }
}
