package org.tidelock.protocol.account;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.RandomBytes;

/**
 * One deployment of the service, chosen at random at its first start; it stands in every signature,
 * so that nothing signed for one server passes at another.
 *
 * @param value 16 bytes
 */
public record ServerId(Bytes value) {

  /** How many bytes an identifier has. */
  public static final int BYTES = 16;

  public ServerId {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException(
          "server id has %d bytes; %d required".formatted(value.length(), BYTES));
    }
  }

  /** A fresh one. */
  public static ServerId random() {
    return new ServerId(RandomBytes.ofLength(BYTES));
  }

  @Override
  public String toString() {
    return Base64Url.encode(value);
  }
}
