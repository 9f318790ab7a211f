package org.tidelock.protocol.suite;

import java.security.SecureRandom;
import org.tidelock.engine.puzzle.Bytes;

/** Fresh bytes that are public: salts, nonces, identifiers. Thread-safe. */
public final class RandomBytes {

  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomBytes() {}

  /** {@code length} bytes from the platform's secure random generator. */
  public static Bytes ofLength(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
