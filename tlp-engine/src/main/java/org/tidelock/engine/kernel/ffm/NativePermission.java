package org.tidelock.engine.kernel.ffm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.kernel.ffm.NativeOutcome.Absent;

/** Whether the user lets native code be loaded at all: {@code tidelock.native}. */
final class NativePermission {

  private static final String PROPERTY = "tidelock.native";
  private static final String VARIABLE = "TIDELOCK_NATIVE";

  private NativePermission() {}

  /** The refusal, where native code is switched off by system property or environment. */
  static Optional<Absent> refusal() {
    String property = System.getProperty(PROPERTY);
    return property != null
        ? refusal("-D" + PROPERTY, property)
        : refusal(VARIABLE, System.getenv(VARIABLE));
  }

  /** What is neither on nor off was hardly set to have native code loaded: it is not. */
  static Optional<Absent> refusal(String name, @Nullable String value) {
    return switch (value) {
      case null -> Optional.empty();
      case "", "on" -> Optional.empty();
      case "off" ->
          Optional.of(
              new Absent(
                  "native code is switched off (%s=off)".formatted(name), "remove that setting"));
      default ->
          Optional.of(
              new Absent(
                  "%s=%s is neither on nor off".formatted(name, value), "set it to on or off"));
    };
  }

  /** The refusal of a JVM that was told to deny native access to this code. */
  static Absent denied() {
    return new Absent(
        "the JVM denies native access to this program",
        "start java with --enable-native-access=ALL-UNNAMED");
  }
}
