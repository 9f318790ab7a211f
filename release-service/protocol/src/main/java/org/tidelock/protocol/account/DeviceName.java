package org.tidelock.protocol.account;

/**
 * What an owner calls a device: 1 to 64 printable characters, no control characters and no half
 * surrogate pairs.
 *
 * @param value the name
 */
public record DeviceName(String value) {

  private static final int MAX_CHARS = 64;

  public DeviceName {
    boolean printable =
        value
            .codePoints()
            .noneMatch(
                c ->
                    Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
    if (value.isBlank() || value.length() > MAX_CHARS || !printable) {
      throw new IllegalArgumentException(
          "device name must be 1 to %d printable characters".formatted(MAX_CHARS));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
