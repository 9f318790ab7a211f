package org.tidelock.service.settings;

import java.util.Locale;

/**
 * One thing an operator can set.
 *
 * @param name lower-case words with hyphens: {@code database-url} in a file, {@code --database-url}
 *     as a flag, {@code TIDELOCK_DATABASE_URL} in the environment
 * @param fallback what holds where nobody sets it
 * @param secret whether it is hidden when settings are printed
 * @param meaning for the operator
 */
public record Setting(String name, String fallback, boolean secret, String meaning) {

  public Setting {
    if (!name.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException("%s is not lower-case words with hyphens".formatted(name));
    }
  }

  /** A setting that may be shown. */
  public static Setting open(String name, String fallback, String meaning) {
    return new Setting(name, fallback, false, meaning);
  }

  /** A setting that is never shown. */
  public static Setting secret(String name, String meaning) {
    return new Setting(name, "", true, meaning);
  }

  /** The same setting with another fallback. */
  public Setting withFallback(String other) {
    return new Setting(name, other, secret, meaning);
  }

  String flag() {
    return "--" + name;
  }

  String variable() {
    return "TIDELOCK_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
