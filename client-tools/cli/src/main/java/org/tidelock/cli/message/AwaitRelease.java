package org.tidelock.cli.message;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.files.PrivateSpool;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.message.ReadMessage;
import org.tidelock.sdk.message.ReadOutcome;

/**
 * Waits until a message is released, whatever its sender decides and the network does meanwhile.
 */
final class AwaitRelease {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(300);
  private static final Duration PAUSE_WHILE_AWAY = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final Invocation invocation;
  private final ReadMessage read;
  private Instant told = Instant.MIN;
  private boolean away;

  AwaitRelease(Invocation invocation, ReadMessage read) {
    this.invocation = invocation;
    this.read = read;
  }

  /** Reads it once it can be read, or says what else became of it. */
  ReadOutcome read(MessageId id, PrivateSpool spool) throws IOException {
    ReadOutcome outcome = read.read(id, spool.out());
    while (outcome instanceof ReadOutcome.NotYet(Messages.State state, Instant releaseAt)
        && state == Messages.State.WAITING) {
      tell(releaseAt);
      try {
        Thread.sleep(pause(releaseAt));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return outcome;
      }
      outcome = again(id, spool, outcome);
    }
    return outcome;
  }

  /** A server that is away for a while is waited for too. */
  private ReadOutcome again(MessageId id, PrivateSpool spool, ReadOutcome before)
      throws IOException {
    try {
      spool.clear();
      ReadOutcome outcome = read.read(id, spool.out());
      away = false;
      return outcome;
    } catch (UnreachableException e) {
      if (!away) {
        invocation.reporter().note(e.getMessage() + "; trying again");
      }
      away = true;
      return before;
    }
  }

  private void tell(Instant releaseAt) {
    if (!releaseAt.equals(told)) {
      told = releaseAt;
      invocation
          .reporter()
          .note(
              "opens at %s, in %s; waiting, Ctrl-C ends it"
                  .formatted(
                      MessageLine.toTheSecond(releaseAt), HumanTime.length(left(releaseAt))));
    }
  }

  /** Not longer than the sender may take to send it now, and not longer than until it is due. */
  private Duration pause(Instant releaseAt) {
    Duration left = left(releaseAt);
    Duration shortest = away ? PAUSE_WHILE_AWAY : SHORTEST_PAUSE;
    if (left.compareTo(shortest) < 0) {
      return shortest;
    }
    return left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE;
  }

  private Duration left(Instant releaseAt) {
    Duration left = Duration.between(invocation.console().clock().instant(), releaseAt);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
