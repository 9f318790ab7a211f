package org.tidelock.service.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.signing.RequestCheck.Verified;
import org.tidelock.protocol.wire.Token;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.work.CpuWork;

/**
 * Puts routes on a router and leads each request through the same gates, in this order: the
 * address's rate limit, media type, signature, token, nonce, the account's rate limit, body. A gate
 * that stays shut ends the request with a {@link Refusal}.
 */
public final class Api {

  private static final Logger log = LoggerFactory.getLogger(Api.class);

  /** The largest body that is read, where a service needs no larger one. */
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private static final String BEARER = "Bearer ";
  private static final String JSON = "application/json";

  private final RateLimits limits;
  private final RequestSignatures signatures;
  private final RequestNonces nonces;
  private final Authenticator authenticator;
  private final ReplyWriter replies;
  private final int maxBodyBytes;

  /** An API whose tokens {@code authenticator} knows. Bodies have at most 64 KiB. */
  public Api(Gates gates, Authenticator authenticator) {
    this(gates, authenticator, MAX_BODY_BYTES);
  }

  /** An API whose bodies have at most {@code maxBodyBytes}. */
  public Api(Gates gates, Authenticator authenticator, int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
    this.limits = gates.limits();
    this.signatures = gates.signatures();
    this.nonces = gates.nonces();
    this.authenticator = authenticator;
    this.replies = gates.replies();
  }

  /** Mounts every route; what none of them matches is answered with a problem document. */
  public void mount(Router router, List<Route<?>> routes) {
    router.route().handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes));
    for (Route<?> route : routes) {
      router.route(route.method(), route.path()).handler(context -> serve(route, context));
    }
    router.errorHandler(404, context -> replies.refuse(context, ProblemCode.NOT_FOUND));
    router.errorHandler(405, context -> replies.refuse(context, ProblemCode.METHOD_NOT_ALLOWED));
    router.errorHandler(413, context -> replies.refuse(context, ProblemCode.TOO_LARGE));
    router.errorHandler(400, context -> replies.refuse(context, ProblemCode.MALFORMED_JSON));
    router.errorHandler(
        500,
        context -> {
          log.error("{} failed", context.request().path(), context.failure());
          replies.refuse(context, ProblemCode.INTERNAL);
        });
  }

  private <B> void serve(Route<B> route, RoutingContext context) {
    @Nullable Verified verified = null;
    Reply reply;
    try {
      byte[] body = body(context);
      limits.count(route.limit(), context.request().remoteAddress());
      requireMediaType(route, context.request());
      if (route.access().signed()) {
        verified = signatures.verify(context.request(), body);
      }
      @Nullable Principal principal =
          route.access().needsToken() ? principal(route, context) : null;
      if (verified != null) {
        requireDevice(principal, verified);
        requireFresh(verified);
      }
      if (principal != null) {
        limits.count(Limit.GENERAL, principal.accountId().toString());
      }
      Call call =
          new Call(
              context.pathParams(),
              query(context.request()),
              verified == null ? null : verified.signer(),
              principal);
      reply = route.endpoint().serve(call, readBody(route, body));
    } catch (Refusal refusal) {
      reply = refusal.reply();
    } catch (CpuWork.Overloaded e) {
      reply = new Reply.Refused(ProblemCode.OVERLOADED);
    } catch (RuntimeException e) {
      log.error("{} {} failed", route.method(), route.path(), e);
      reply = new Reply.Refused(ProblemCode.INTERNAL);
    }
    replies.write(context, reply, verified);
  }

  private Principal principal(Route<?> route, RoutingContext context) {
    String header = context.request().getHeader("Authorization");
    if (header == null || !header.startsWith(BEARER)) {
      throw new Refusal(ProblemCode.TOKEN_MISSING);
    }
    Token token;
    try {
      token = Token.parse(header.substring(BEARER.length()));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ProblemCode.TOKEN_INVALID);
    }
    Principal principal =
        authenticator.authenticate(token).orElseThrow(() -> new Refusal(ProblemCode.TOKEN_INVALID));
    if (!route.access().allows(principal.grant())) {
      throw new Refusal(ProblemCode.TOKEN_NOT_ENOUGH);
    }
    return principal;
  }

  /** A token is worth nothing without the key of the device it was given to. */
  private static void requireDevice(@Nullable Principal principal, Verified verified) {
    if (principal != null && !principal.deviceKey().equals(verified.signer())) {
      throw new Refusal(
          ProblemCode.SIGNATURE_INVALID, "signed by a key that is not the token's device's");
    }
  }

  private void requireFresh(Verified verified) {
    if (!nonces.use(verified.signer(), verified.nonce(), verified.expiresAt())) {
      throw new Refusal(ProblemCode.REPLAYED);
    }
  }

  private static void requireMediaType(Route<?> route, HttpServerRequest request) {
    if (route.hasBody() && !JSON.equals(request.getHeader("Content-Type"))) {
      throw new Refusal(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  // A route without a body has the type Void, whose only value is null.
  @SuppressWarnings("NullAway")
  private static <B> B readBody(Route<B> route, byte[] body) {
    if (route.hasBody()) {
      return read(body, route.bodyType());
    }
    if (body.length > 0) {
      throw new Refusal(ProblemCode.MALFORMED_JSON, "this request takes no body");
    }
    return null;
  }

  private static <B> B read(byte[] body, Class<B> type) {
    return switch (WireJson.read(body, type)) {
      case WireJson.Reading.Read<B>(B value) -> value;
      case WireJson.Reading.Malformed<B>(String reason) ->
          throw new Refusal(ProblemCode.MALFORMED_JSON, reason);
      case WireJson.Reading.InvalidField<B>(String field, String reason) ->
          throw new Refusal(ProblemCode.INVALID_FIELD, (field + " " + reason).strip());
    };
  }

  private static byte[] body(RoutingContext context) {
    Buffer buffer = context.body().buffer();
    return buffer == null ? new byte[0] : buffer.getBytes();
  }

  private static Map<String, String> query(HttpServerRequest request) {
    Map<String, String> query = new HashMap<>();
    for (var parameter : request.params(false)) {
      if (query.put(parameter.getKey(), parameter.getValue()) != null) {
        throw new Refusal(
            ProblemCode.INVALID_FIELD, "%s is given twice".formatted(parameter.getKey()));
      }
    }
    return query;
  }
}
