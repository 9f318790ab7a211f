package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers t, n and z found in a text. A number begins on a line that holds its letter, an
 * equals sign, digits and blanks, and nothing else; it goes on over the lines directly below that
 * hold digits and blanks only. A backslash may end a line that is continued. Prose such as {@code n
 * = pq} is ignored. Work and memory are linear in the text, which may have 2^20 characters.
 */
final class ClassicText {

  private static final int MAX_CHARACTERS = 1 << 20;

  /** Enough for 2^8192. */
  private static final int MAX_DIGITS = 2467;

  private static final Pattern BEGINNING = Pattern.compile("([tnz])[ \t]*+=([0-9 \t]*+)\\\\?");
  private static final Pattern CONTINUATION = Pattern.compile("[0-9][0-9 \t]*+\\\\?");

  /** A line that can hardly be prose: a long number followed by something. */
  private static final Pattern BROKEN_CONTINUATION = Pattern.compile("(?:[0-9][ \t]*+){10}.*");

  private final Map<Character, BigInteger> values = new TreeMap<>();

  private ClassicText() {}

  static ClassicText read(String text) throws PuzzleFormatException {
    if (text.length() > MAX_CHARACTERS) {
      throw new PuzzleFormatException(
          "text has %d characters; at most %d allowed".formatted(text.length(), MAX_CHARACTERS));
    }
    ClassicText found = new ClassicText();
    List<String> lines = text.lines().map(String::strip).toList();
    int line = 0;
    while (line < lines.size()) {
      Matcher beginning = BEGINNING.matcher(lines.get(line));
      line = beginning.matches() ? found.number(lines, line, beginning) : line + 1;
    }
    return found;
  }

  BigInteger value(char name) throws PuzzleFormatException {
    BigInteger value = values.get(name);
    if (value == null) {
      throw new PuzzleFormatException(
          "no line \"%s = ...\" with a decimal number; t, n and z are required".formatted(name));
    }
    return value;
  }

  /** Reads the number that begins on the given line and returns the line after its last. */
  private int number(List<String> lines, int first, Matcher beginning)
      throws PuzzleFormatException {
    char name = beginning.group(1).charAt(0);
    StringBuilder digits = new StringBuilder();
    append(digits, beginning.group(2), name);
    int line = first + 1;
    while (line < lines.size() && CONTINUATION.matcher(lines.get(line)).matches()) {
      append(digits, lines.get(line), name);
      line++;
    }
    if (line < lines.size() && BROKEN_CONTINUATION.matcher(lines.get(line)).matches()) {
      throw new PuzzleFormatException(
          "line %d: goes on with %s but holds more than digits".formatted(line + 1, name));
    }
    if (!digits.isEmpty()) {
      put(name, new BigInteger(digits.toString()), first);
    }
    return line;
  }

  private void put(char name, BigInteger value, int line) throws PuzzleFormatException {
    BigInteger before = values.putIfAbsent(name, value);
    if (before != null && !before.equals(value)) {
      throw new PuzzleFormatException(
          "line %d: a second, different value of %s; one required".formatted(line + 1, name));
    }
  }

  private static void append(StringBuilder digits, String line, char name)
      throws PuzzleFormatException {
    line.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    if (digits.length() > MAX_DIGITS) {
      throw new PuzzleFormatException(
          "%s has more than %d digits; at most %d bits allowed"
              .formatted(name, MAX_DIGITS, ClassicPuzzle.MAX_BITS));
    }
  }
}
