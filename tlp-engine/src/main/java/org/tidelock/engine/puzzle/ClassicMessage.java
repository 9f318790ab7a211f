package org.tidelock.engine.puzzle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a {@link ClassicPuzzle} hides.
 *
 * @param bytes the number w XOR z, big-endian, without leading zeros; empty if it is 0
 */
public record ClassicMessage(Bytes bytes) {

  /** The bytes as a text, if they are one: well-formed UTF-8 with no control characters. */
  public Optional<String> text() {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toArray())).toString();
      return text.codePoints().allMatch(ClassicMessage::isPrintable) && !text.isEmpty()
          ? Optional.of(text)
          : Optional.empty();
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
      case Character.FORMAT, Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
