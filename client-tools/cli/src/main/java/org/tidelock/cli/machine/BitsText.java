package org.tidelock.cli.machine;

import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the length of a modulus, one of those offered. */
public final class BitsText implements ITypeConverter<Integer> {

  private static final List<String> LENGTHS = List.of("2048", "3072", "4096");

  /** The lengths, for the completion of shells. */
  public static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LENGTHS.iterator();
    }
  }

  @Override
  public Integer convert(String text) {
    if (!LENGTHS.contains(text)) {
      throw new TypeConversionException(
          "'%s' is no length offered; 2048, 3072 or 4096 required".formatted(text));
    }
    return Integer.valueOf(text);
  }
}
