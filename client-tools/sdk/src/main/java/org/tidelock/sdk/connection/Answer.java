package org.tidelock.sdk.connection;

import java.io.IOException;
import java.util.function.Function;
import org.tidelock.protocol.problem.Problem;

/** What the server answered to a request. */
public sealed interface Answer<T> {

  /** It did what was asked. */
  record Granted<T>(T value) implements Answer<T> {}

  /** It refused, and says why. */
  record Refused<T>(Problem problem) implements Answer<T> {}

  /** What is asked after something was granted. */
  @FunctionalInterface
  interface Next<T, R> {

    /** Asks it. */
    Answer<R> ask(T granted) throws IOException;
  }

  /** What came of the next question; or this refusal, and it is not asked. */
  default <R> Answer<R> then(Next<T, R> next) throws IOException {
    return switch (this) {
      case Granted<T>(T value) -> next.ask(value);
      case Refused<T>(Problem problem) -> new Refused<>(problem);
    };
  }

  /** The same answer with another value. */
  default <R> Answer<R> map(Function<T, R> change) {
    return switch (this) {
      case Granted<T>(T value) -> new Granted<>(change.apply(value));
      case Refused<T>(Problem problem) -> new Refused<>(problem);
    };
  }
}
