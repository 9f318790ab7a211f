package org.tidelock.server.accounts;

import java.time.Duration;
import java.time.Instant;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.service.http.Reply;

/** How old a statement may be that changes what opens an account. */
final class Freshness {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Freshness() {}

  static boolean isStale(Instant createdAt, Instant now) {
    return createdAt.isBefore(now.minus(LIMIT)) || createdAt.isAfter(now.plus(LIMIT));
  }

  static Reply refusal() {
    return new Reply.Refused(
        ProblemCode.CHANGE_REFUSED,
        "createdAt differs from the server's time by more than %d minutes"
            .formatted(LIMIT.toMinutes()));
  }
}
