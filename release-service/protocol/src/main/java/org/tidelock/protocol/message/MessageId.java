package org.tidelock.protocol.message;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.suite.RandomBytes;

/**
 * A message, for as long as it is kept anywhere: chosen at random by the client that sends it, so
 * that a retry is known to be one. Nobody guesses it.
 *
 * @param value 16 bytes
 */
public record MessageId(Bytes value) {

  /** How many bytes an identifier has. */
  public static final int BYTES = 16;

  public MessageId {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException(
          "message id has %d bytes; %d required".formatted(value.length(), BYTES));
    }
  }

  /** A fresh one. Its text never begins with a hyphen: on a command line it would be an option. */
  public static MessageId random() {
    MessageId id = new MessageId(RandomBytes.ofLength(BYTES));
    while (id.toString().startsWith("-")) {
      id = new MessageId(RandomBytes.ofLength(BYTES));
    }
    return id;
  }

  @Override
  public String toString() {
    return Base64Url.encode(value);
  }
}
