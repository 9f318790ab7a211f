package org.tidelock.protocol.problem;

import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be wrong with a request, each with its HTTP status: the only place where a
 * status of an error is decided. On the wire a code is the last part of the problem document's
 * {@code type}.
 */
public enum ProblemCode {
  MALFORMED_JSON(400, "the body is not the JSON document that this request takes"),
  INVALID_FIELD(400, "a field's value is not allowed"),
  UNLOCK_TIME_REFUSED(400, "the unlock time is not allowed"),
  SIGNATURE_MISSING(401, "the request has to be signed by the device's key"),
  SIGNATURE_INVALID(401, "the signature is not the device's over this request"),
  CLOCK_OUT_OF_RANGE(401, "the request's time differs from the server's by more than 120 s"),
  TOKEN_MISSING(401, "the request needs a token"),
  TOKEN_INVALID(401, "the token is unknown, expired, used or revoked"),
  LOGIN_REFUSED(401, "name, password or challenge is wrong"),
  SESSION_REFUSED(401, "the answer to the session challenge is wrong or late"),
  TOKEN_NOT_ENOUGH(403, "the token does not allow this"),
  CODE_REFUSED(403, "the code is wrong, expired, or was tried too often"),
  CHANGE_REFUSED(403, "the change is not signed as it has to be"),
  ENVELOPE_REFUSED(403, "the envelope, or what lies beside it, is not as its sender signed it"),
  SENDER_BLOCKED(403, "the recipient takes no messages from this account"),
  QUOTA_FULL(403, "the account has no room left"),
  NOT_FOUND(404, "there is no such thing"),
  RECIPIENT_UNKNOWN(404, "there is no such recipient"),
  METHOD_NOT_ALLOWED(405, "this path does not take that method"),
  NAME_TAKEN(409, "the name is taken"),
  CONTACT_TAKEN(409, "the contact belongs to an account already"),
  VERSION_CONFLICT(409, "another change came first"),
  KEYS_CHANGED(409, "the keys that were used are not the newest ones"),
  MESSAGE_EXISTS(409, "another message has this id"),
  TOO_LATE(409, "the message was released or cancelled already"),
  UPLOAD_INCOMPLETE(409, "the payload was not uploaded whole"),
  REPLAYED(409, "a request with this nonce was served already"),
  TOO_LARGE(413, "the body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "the body has to be application/json"),
  WRONG_SERVER(421, "the request is meant for another server"),
  TOO_MANY_REQUESTS(429, "too many requests; the Retry-After field says when to try again"),
  INTERNAL(500, "the server failed; what was asked may have been done or not"),
  OVERLOADED(503, "the server has too much to do; try again soon"),
  TOKENS_UNCHECKED(503, "the server that knows the tokens does not answer; try again soon");

  /** What every problem's type begins with. */
  public static final String TYPE_PREFIX = "urn:tidelock:problem:";

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The code with this name, if there is one: an older client may meet a newer server. */
  public static Optional<ProblemCode> named(String wireName) {
    for (ProblemCode code : values()) {
      if (code.wireName().equals(wireName)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What is wrong, in words that do not depend on the request. */
  public String title() {
    return title;
  }

  /** The code as it stands on the wire, such as {@code name-taken}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The problem document's type, such as {@code urn:tidelock:problem:name-taken}. */
  public String type() {
    return TYPE_PREFIX + wireName();
  }
}
