package org.tidelock.service.http;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningPublicKey;

/** A request that was let through to its route. */
public final class Call {

  private final Map<String, String> pathParameters;
  private final Map<String, String> query;
  private final @Nullable SigningPublicKey signer;
  private final @Nullable Principal principal;

  Call(
      Map<String, String> pathParameters,
      Map<String, String> query,
      @Nullable SigningPublicKey signer,
      @Nullable Principal principal) {
    this.pathParameters = pathParameters;
    this.query = query;
    this.signer = signer;
    this.principal = principal;
  }

  /** On whose behalf, on a route that needs a token. */
  public Principal principal() {
    if (principal == null) {
      throw new IllegalStateException("this route takes no token");
    }
    return principal;
  }

  /** The key that signed the request, on a route that needs a signature. */
  public SigningPublicKey signer() {
    if (signer == null) {
      throw new IllegalStateException("this route takes no signature");
    }
    return signer;
  }

  /** A part of the path. */
  public String path(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalStateException("this route has no {%s}".formatted(name));
    }
    return value;
  }

  /** A part of the path in base64url; what is none is not found. */
  public Bytes pathBytes(String name, int length) {
    try {
      Bytes bytes = Base64Url.decode(path(name));
      if (bytes.length() == length) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // The same answer as for an identifier that nothing has.
    }
    throw new Refusal(ProblemCode.NOT_FOUND);
  }

  /** A query parameter. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }
}
