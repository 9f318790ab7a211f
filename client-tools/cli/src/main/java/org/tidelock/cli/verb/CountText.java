package org.tidelock.cli.verb;

import java.math.BigInteger;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a count of squarings: a whole number from 1 to 2^63 - 1. */
final class CountText implements ITypeConverter<Long> {

  private static final Pattern FORM = Pattern.compile("-?[0-9]{1,1000}");

  @Override
  public Long convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException("'%s' is no whole number".formatted(text));
    }
    BigInteger count = new BigInteger(text);
    if (count.signum() < 1 || count.bitLength() >= Long.SIZE) {
      throw new TypeConversionException(
          "%s is out of range; 1 to %d (2^63 - 1) allowed".formatted(text, Long.MAX_VALUE));
    }
    return count.longValueExact();
  }
}
