package org.tidelock.protocol.problem;

import java.util.Optional;

/**
 * A problem document (RFC 9457), as {@code application/problem+json}.
 *
 * @param type {@link ProblemCode#type}
 * @param title {@link ProblemCode#title}
 * @param status the HTTP status again
 * @param detail the value, the rule and the remedy; never a secret
 */
public record Problem(String type, String title, int status, String detail) {

  /** Its media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    if (!type.startsWith(ProblemCode.TYPE_PREFIX)) {
      throw new IllegalArgumentException(
          "type must begin with %s".formatted(ProblemCode.TYPE_PREFIX));
    }
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status is %d; 400 to 599 allowed".formatted(status));
    }
    if (title.isEmpty() || detail.isEmpty()) {
      throw new IllegalArgumentException("title and detail must not be empty");
    }
  }

  /** The code, if this version knows it. */
  public Optional<ProblemCode> code() {
    return ProblemCode.named(type.substring(ProblemCode.TYPE_PREFIX.length()));
  }

  /** The document for a code. */
  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code.type(), code.title(), code.status(), detail);
  }
}
