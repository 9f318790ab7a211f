package org.tidelock.sdk.connection;

import java.time.Duration;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;

/** Ever longer pauses between attempts to reach a server. Not thread-safe. */
public final class Reconnecting {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private Duration pause = FIRST_PAUSE;

  /** The server was reached: the next pause is short again. */
  public void reached() {
    pause = FIRST_PAUSE;
  }

  /** Waits before the next attempt. */
  public void pause() throws InterruptedException {
    Thread.sleep(pause);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  /** Whether another attempt would be refused like this one. */
  public static boolean isFinal(Problem problem) {
    return problem
        .code()
        .filter(
            code ->
                code != ProblemCode.TOO_MANY_REQUESTS
                    && code != ProblemCode.OVERLOADED
                    && code != ProblemCode.INTERNAL)
        .isPresent();
  }

  /** Tells an interruption from a server that is not reached: requests show both alike. */
  public static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
