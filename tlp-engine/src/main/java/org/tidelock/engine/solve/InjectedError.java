package org.tidelock.engine.solve;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Damage done on purpose at one position of a chain, so that a user or a test can see it caught.
 *
 * @param kind what is damaged
 * @param position after how many squarings, at least 0
 * @param times how often it happens again when that position is computed again, at least 1
 */
public record InjectedError(Kind kind, long position, int times) {

  private static final Pattern FORM = Pattern.compile("([a-z]+)@(\\d{1,18})(?:x(\\d{1,3}))?");

  /** What is damaged. */
  public enum Kind {
    /** One bit of the chain's state. */
    STATE,
    /** The whole state becomes 0. */
    ZERO,
    /** One bit of the product the check compares with. */
    CHECK,
    /** One bit of the kernel's copy of the modulus. */
    MODULUS,
    /** One bit of a table the kernel derived from the modulus. */
    TABLE
  }

  public InjectedError {
    if (position < 0 || times < 1) {
      throw new IllegalArgumentException(
          "injected error at %d, %d times; at least 0 and 1 required".formatted(position, times));
    }
  }

  /**
   * Reads {@code KIND@POSITION} or {@code KIND@POSITIONxTIMES}, such as {@code state@5000x2}.
   *
   * @throws IllegalArgumentException with the rule, if the text has another form
   */
  public static InjectedError parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(rule(text));
    }
    int times = form.group(3) == null ? 1 : Integer.parseInt(form.group(3));
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(form.group(1)) && times > 0) {
        return new InjectedError(kind, Long.parseLong(form.group(2)), times);
      }
    }
    throw new IllegalArgumentException(rule(text));
  }

  private static String rule(String text) {
    return "%s is no error to inject; write KIND@POSITION or KIND@POSITIONxTIMES, KIND one of state, zero, check, modulus, table"
        .formatted(text);
  }
}
