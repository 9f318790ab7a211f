package org.tidelock.cli.solving;

import java.math.BigInteger;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number in decimal, of at most 2,500 digits. */
public final class NumberText implements ITypeConverter<BigInteger> {

  private static final Pattern FORM = Pattern.compile("[0-9]{1,2500}");

  @Override
  public BigInteger convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException(
          "'%s' is no whole number in decimal digits"
              .formatted(text.length() > 80 ? text.substring(0, 80) + "..." : text));
    }
    return new BigInteger(text);
  }
}
