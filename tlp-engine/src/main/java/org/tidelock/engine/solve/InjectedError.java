package org.tidelock.engine.solve;

import java.math.BigInteger;
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

  private static final int MOST_TIMES = 999;
  private static final Pattern FORM = Pattern.compile("([a-z]+)@(\\d+)(?:x(\\d+))?");

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
    long position = number(text, form.group(2), 0, Long.MAX_VALUE, "position");
    int times =
        form.group(3) == null ? 1 : (int) number(text, form.group(3), 1, MOST_TIMES, "times");
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(form.group(1))) {
        return new InjectedError(kind, position, times);
      }
    }
    throw new IllegalArgumentException(rule(text));
  }

  private static long number(String text, String digits, long least, long most, String what) {
    BigInteger number = new BigInteger(digits);
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new IllegalArgumentException(
          "%s: %s %s; %d to %d allowed".formatted(text, what, digits, least, most));
    }
    return number.longValueExact();
  }

  private static String rule(String text) {
    return "%s is no error to inject; write KIND@POSITION or KIND@POSITIONxTIMES, KIND one of state, zero, check, modulus, table"
        .formatted(text);
  }
}
