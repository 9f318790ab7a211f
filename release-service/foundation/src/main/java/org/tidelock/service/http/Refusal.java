package org.tidelock.service.http;

import org.tidelock.protocol.problem.ProblemCode;

/** Ends a request before its route is reached, or while its body is read. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Reply.Refused reply;

  /** Refuses with a code and the reason in words. */
  public Refusal(ProblemCode code, String detail) {
    super(detail, null, false, false);
    this.reply = new Reply.Refused(code, detail);
  }

  /** Refuses with nothing to add to the code's title. */
  public Refusal(ProblemCode code) {
    this(code, code.title());
  }

  Refusal(ProblemCode code, String detail, long retryAfterSeconds) {
    super(detail, null, false, false);
    this.reply = new Reply.Refused(code, detail, retryAfterSeconds);
  }

  Reply.Refused reply() {
    return reply;
  }
}
