package org.tidelock.service.http;

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
   */
  record Refused(ProblemCode code, String detail) implements Reply {
    /** Not done, with nothing to add to the code's title. */
    public Refused(ProblemCode code) {
      this(code, code.title());
    }
  }
}
