package org.tidelock.protocol.wire;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.Sha256;

/**
 * A bearer token: 32 random bytes. A secret, so it prints nothing; servers store its hash.
 *
 * @param value 32 bytes
 */
public record Token(Bytes value) {

  /** How many bytes a token has. */
  public static final int BYTES = 32;

  public Token {
    if (value.length() != BYTES) {
      throw new IllegalArgumentException(
          "token has %d bytes; %d required".formatted(value.length(), BYTES));
    }
  }

  /** A fresh one. */
  public static Token random() {
    return new Token(RandomBytes.ofLength(BYTES));
  }

  /**
   * Reads what {@link #reveal} writes.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Token parse(String text) {
    return new Token(Base64Url.decode(text));
  }

  /** The token as it travels: for the wire and for encrypted storage only. */
  public String reveal() {
    return Base64Url.encode(value);
  }

  /** What a server stores. */
  public Bytes hash() {
    return Sha256.of(value);
  }

  @Override
  public String toString() {
    return "token";
  }
}
