package org.tidelock.service.http;

import org.tidelock.protocol.problem.ProblemCode;

/** What a route answers. */
public sealed interface Reply {

  /** Done; {@code body} is written as JSON. */
  record Ok(Object body) implements Reply {}

  /** Something new exists; {@code body} says what. */
  record Created(Object body) implements Reply {}

  /** Taken; the outcome comes later. */
  record Accepted(Object body) implements Reply {}

  /** Done; there is nothing to say. */
  record NoContent() implements Reply {}

  /**
   * Not done.
   *
   * @param detail the value, the rule and the remedy; never a secret
   * @param retryAfterSeconds when to try again; 0 if waiting does not help
   */
  record Refused(ProblemCode code, String detail, long retryAfterSeconds) implements Reply {
    /** Not done, and waiting does not help. */
    public Refused(ProblemCode code, String detail) {
      this(code, detail, 0);
    }

    /** Not done, with nothing to add to the code's title. */
    public Refused(ProblemCode code) {
      this(code, code.title());
    }
  }
}
