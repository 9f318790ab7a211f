package org.tidelock.engine.kernel.ffm;

import java.util.Optional;
import org.tidelock.engine.kernel.ffm.NativeOutcome.Absent;

/** Whether the user lets native code be loaded at all: {@code tidelock.native}. */
final class NativePermission {

  private static final String PROPERTY = "tidelock.native";
  private static final String VARIABLE = "TIDELOCK_NATIVE";

  private NativePermission() {}

  /** The refusal, where native code is switched off by system property or environment. */
  static Optional<Absent> refusal() {
    if ("off".equals(System.getProperty(PROPERTY))) {
      return Optional.of(switchedOff("-D" + PROPERTY + "=off"));
    }
    if (System.getProperty(PROPERTY) == null && "off".equals(System.getenv(VARIABLE))) {
      return Optional.of(switchedOff(VARIABLE + "=off"));
    }
    return Optional.empty();
  }

  /** The refusal of a JVM that was told to deny native access to this code. */
  static Absent denied() {
    return new Absent(
        "the JVM denies native access to this program",
        "start java with --enable-native-access=ALL-UNNAMED");
  }

  private static Absent switchedOff(String setting) {
    return new Absent("native code is switched off (" + setting + ")", "remove that setting");
  }
}
