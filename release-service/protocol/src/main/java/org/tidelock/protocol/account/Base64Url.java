package org.tidelock.protocol.account;

import java.util.Base64;
import org.tidelock.engine.puzzle.Bytes;

/**
 * Base64url without padding (RFC 4648, section 5), read strictly: no padding, no other character,
 * and no bits left over that are not zero, so that each string of bytes has one text.
 */
public final class Base64Url {

  private Base64Url() {}

  /** The text of these bytes. */
  public static String encode(Bytes bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toArray());
  }

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException if another text, or none, would be written for them
   */
  public static Bytes decode(String text) {
    try {
      Bytes bytes = Bytes.of(Base64.getUrlDecoder().decode(text));
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // The reason is the same: not what encode writes.
    }
    throw new IllegalArgumentException("is not base64url without padding");
  }
}
