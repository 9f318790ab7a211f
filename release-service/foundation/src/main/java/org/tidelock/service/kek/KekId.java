package org.tidelock.service.kek;

import org.tidelock.engine.puzzle.Bytes;

/**
 * What a key encryption key is called, in the database and in what it seals. It tells nothing of
 * the key.
 *
 * @param value 16 bytes, derived from the key
 */
public record KekId(Bytes value) {

  /** How many bytes an id has. */
  public static final int BYTES = 16;

  public KekId {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException(
          "KEK id has %d bytes; %d required".formatted(value.length(), BYTES));
    }
  }

  @Override
  public String toString() {
    return value.toHex();
  }
}
