package org.tidelock.protocol.problem;

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

  /** The document for a code. */
  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code.type(), code.title(), code.status(), detail);
  }
}
