package org.tidelock.cli.terminal;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text made fit to be shown. What a user or a file name brings along may hold orders to a terminal,
 * or a secret key that was put in the wrong place.
 */
public final class Printable {

  private static final Pattern SECRET = Pattern.compile("(?i)AGE-SECRET-KEY-[A-Z0-9]+");

  private Printable() {}

  /** On one line, control characters and turns of the writing direction spelled out. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder();
    withoutSecrets(text).codePoints().forEach(c -> append(line, c));
    return line.toString();
  }

  /** Secret keys replaced by what they begin with. */
  public static String withoutSecrets(String text) {
    return SECRET.matcher(text).replaceAll("AGE-SECRET-KEY-...");
  }

  private static void append(StringBuilder line, int codePoint) {
    switch (codePoint) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (givesOrders(codePoint)) {
          line.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
        } else {
          line.appendCodePoint(codePoint);
        }
      }
    }
  }

  private static boolean givesOrders(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> turnsDirection(codePoint);
    };
  }

  private static boolean turnsDirection(int codePoint) {
    return codePoint == 0x061c
        || codePoint == 0x200e
        || codePoint == 0x200f
        || (codePoint >= 0x202a && codePoint <= 0x202e)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
