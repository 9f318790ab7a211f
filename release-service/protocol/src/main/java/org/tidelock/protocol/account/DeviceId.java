package org.tidelock.protocol.account;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.RandomBytes;

/**
 * One installation of a client under one account, chosen at random by the client.
 *
 * @param value 16 bytes
 */
public record DeviceId(Bytes value) {

  /** How many bytes an identifier has. */
  public static final int BYTES = 16;

  public DeviceId {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException(
          "device id has %d bytes; %d required".formatted(value.length(), BYTES));
    }
  }

  /** A fresh one. */
  public static DeviceId random() {
    return new DeviceId(RandomBytes.ofLength(BYTES));
  }

  @Override
  public String toString() {
    return Base64Url.encode(value);
  }
}
