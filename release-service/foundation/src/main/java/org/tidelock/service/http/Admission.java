package org.tidelock.service.http;

import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.signing.RequestCheck.Verified;
import org.tidelock.protocol.wire.Token;

/**
 * One request's way through the gates, in this order: signature, token, limits, nonce. A gate that
 * stays shut ends the request with a {@link Refusal}. Not thread-safe.
 */
final class Admission {

  private static final String BEARER = "Bearer ";

  private final Gates gates;
  private final Authenticator authenticator;
  private Toll.@Nullable Counted address;
  private @Nullable Verified verified;
  private @Nullable Principal principal;

  Admission(Gates gates, Authenticator authenticator) {
    this.gates = gates;
    this.authenticator = authenticator;
  }

  /**
   * Reads a request, unless its address is known to have nothing left. What is refused is counted
   * like what is let in.
   *
   * @param limit what the address is counted against
   */
  <T> T read(SocketAddress remote, Limit limit, Supplier<T> reading) {
    address = RateLimits.by(remote, limit);
    gates.limits().requireNotExhausted(address);
    try {
      return reading.get();
    } catch (Refusal refused) {
      count(List.of());
      throw refused;
    }
  }

  /** Finds out who signed the request, and on whose behalf it is. */
  void identify(IncomingRequest request, Access access) {
    if (access.signed()) {
      verified = gates.signatures().verify(request);
    }
    if (access.needsToken()) {
      principal = authenticate(request, access);
    }
    if (verified != null) {
      requireDevice(verified);
    }
  }

  /**
   * Counts the request against its address, its account where one is known, and {@code besides};
   * and uses its nonce up, where its signature was good. All by one statement.
   */
  void count(List<Toll.Counted> besides) {
    Toll.Counted from = Objects.requireNonNull(address, "counted before it is read");
    List<Toll> all = new ArrayList<>();
    all.add(from);
    if (principal != null) {
      all.add(new Toll.Counted(from.limit().ofAccount(), principal.accountId().toString(), 1));
    }
    all.addAll(besides);
    if (verified != null) {
      all.add(new Toll.Nonce(verified.signer().value(), verified.nonce(), verified.expiresAt()));
    }
    gates.limits().take(all);
  }

  /** The request's good signature; none if there is none, or none so far. */
  @Nullable Verified verified() {
    return verified;
  }

  /** On whose behalf the request is; nobody's where no token is needed. */
  @Nullable Principal principal() {
    return principal;
  }

  private Principal authenticate(IncomingRequest request, Access access) {
    String header = request.headers().get("Authorization");
    if (header == null || !header.startsWith(BEARER)) {
      throw new Refusal(ProblemCode.TOKEN_MISSING);
    }
    Token token;
    try {
      token = Token.parse(header.substring(BEARER.length()));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ProblemCode.TOKEN_INVALID);
    }
    Principal found =
        authenticator.authenticate(token).orElseThrow(() -> new Refusal(ProblemCode.TOKEN_INVALID));
    if (!access.allows(found.grant())) {
      throw new Refusal(ProblemCode.TOKEN_NOT_ENOUGH);
    }
    return found;
  }

  /** A token is worth nothing without the key of the device it was given to. */
  private void requireDevice(Verified signature) {
    if (principal != null && !principal.deviceKey().equals(signature.signer())) {
      throw new Refusal(
          ProblemCode.SIGNATURE_INVALID, "signed by a key that is not the token's device's");
    }
  }
}
