package org.tidelock.protocol.wire;

import java.util.List;
import org.tidelock.engine.puzzle.Bytes;

/** What the constructors of this package check, each with its own message. */
final class Checks {

  private Checks() {}

  static void length(String field, Bytes value, int required) {
    if (value.length() != required) {
      throw new IllegalArgumentException(
          "%s has %d bytes; %d required".formatted(field, value.length(), required));
    }
  }

  static void atLeastOne(String field, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s is %d; at least 1 required".formatted(field, value));
    }
  }

  static <T> List<T> atMost(String field, List<T> values, int max) {
    if (values.size() > max) {
      throw new IllegalArgumentException(
          "%s has %d elements; at most %d allowed".formatted(field, values.size(), max));
    }
    return List.copyOf(values);
  }
}
