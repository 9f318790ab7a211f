package org.tidelock.protocol.account;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.RandomBytes;

/**
 * An account, for as long as it lives: chosen at random by the client that registers, so that keys
 * can be wrapped for the account before the server knows it.
 *
 * @param value 16 bytes
 */
public record AccountId(Bytes value) {

  /** How many bytes an identifier has. */
  public static final int BYTES = 16;

  public AccountId {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException(
          "account id has %d bytes; %d required".formatted(value.length(), BYTES));
    }
  }

  /** A fresh one. */
  public static AccountId random() {
    return new AccountId(RandomBytes.ofLength(BYTES));
  }

  @Override
  public String toString() {
    return Base64Url.encode(value);
  }
}
