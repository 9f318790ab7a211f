package org.tidelock.sdk.connection;

import java.util.function.Function;
import org.tidelock.protocol.problem.Problem;

/** What the server answered to a request. */
public sealed interface Answer<T> {

  /** It did what was asked. */
  record Granted<T>(T value) implements Answer<T> {}

  /** It refused, and says why. */
  record Refused<T>(Problem problem) implements Answer<T> {}

  /** The same answer with another value. */
  default <R> Answer<R> map(Function<T, R> change) {
    return switch (this) {
      case Granted<T>(T value) -> new Granted<>(change.apply(value));
      case Refused<T>(Problem problem) -> new Refused<>(problem);
    };
  }
}
