package org.tidelock.service.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.work.CpuWork;

/**
 * Answers requests: of each it is found out who sends it, its body is read, what it uses up is
 * counted, and its route serves it. Whichever way a request came, this is the only way to a route.
 */
public final class Api {

  private static final Logger log = LoggerFactory.getLogger(Api.class);

  /** The largest body that is read, where a service needs no larger one. */
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private static final String JSON = "application/json";

  private final Gates gates;
  private final Authenticator authenticator;
  private final int maxBodyBytes;

  /** An API whose tokens {@code authenticator} knows. Bodies have at most 64 KiB. */
  public Api(Gates gates, Authenticator authenticator) {
    this(gates, authenticator, MAX_BODY_BYTES);
  }

  /** An API whose bodies have at most {@code maxBodyBytes}. */
  public Api(Gates gates, Authenticator authenticator, int maxBodyBytes) {
    this.gates = gates;
    this.authenticator = authenticator;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Mounts every route; what none of them matches is answered with a problem document. */
  public void mount(Router router, List<Route<?>> routes) {
    RouteTable table = new RouteTable(routes);
    mount(router, request -> answer(table, request));
  }

  /** Mounts every route twice: open, and inside the channel. */
  public void mount(Router router, List<Route<?>> routes, Channel channel) {
    RouteTable table = new RouteTable(routes);
    channel.mountKeys(router);
    mount(
        router,
        request ->
            request.path().equals(Channel.PATH)
                ? channel.serve(request, inner -> answer(table, inner))
                : answer(table, request));
  }

  private void mount(Router router, Function<IncomingRequest, OutgoingReply> answering) {
    router.route().handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes));
    router
        .route()
        .handler(
            context ->
                answering
                    .apply(IncomingRequest.of(context.request(), body(context)))
                    .send(context.response()));
    onError(router, 413, ProblemCode.TOO_LARGE);
    onError(router, 400, ProblemCode.MALFORMED_JSON);
    router.errorHandler(
        500,
        context -> {
          log.error("{} failed", context.request().path(), context.failure());
          refuse(context, ProblemCode.INTERNAL);
        });
  }

  /** Mounts an endpoint of sockets. Called before {@link #mount}, which reads bodies. */
  public void mount(Router router, SocketRoute route) {
    router
        .route(route.path())
        .handler(context -> new SocketUpgrade(gates, authenticator, route).serve(context));
  }

  /** Answers one request. Waits on a virtual thread. */
  private OutgoingReply answer(RouteTable table, IncomingRequest request) {
    Admission admission = new Admission(gates, authenticator);
    Reply reply =
        guarded(request, () -> serve(table.find(request), request, admission), refused -> refused);
    return gates.replies().compose(reply, admission.verified());
  }

  /** What is thrown on the way becomes the refusal that says so. */
  static <T> T guarded(
      IncomingRequest request, Supplier<T> way, Function<Reply.Refused, T> refused) {
    try {
      return way.get();
    } catch (Refusal refusal) {
      return refused.apply(refusal.reply());
    } catch (CpuWork.Overloaded e) {
      return refused.apply(new Reply.Refused(ProblemCode.OVERLOADED));
    } catch (RuntimeException e) {
      log.error("{} {} failed", request.method(), request.path(), e);
      return refused.apply(new Reply.Refused(ProblemCode.INTERNAL));
    }
  }

  private <B> Reply serve(RouteTable.Match<B> match, IncomingRequest request, Admission admission) {
    Route<B> route = match.route();
    Read<B> read =
        admission.read(
            request.remote(),
            route.limit(),
            () -> {
              requireMediaType(route, request);
              admission.identify(request, route.access());
              return new Read<>(call(match, request, admission), readBody(route, request.body()));
            });
    admission.count(
        route.besides().stream().map(besides -> besides.of(read.call, read.body)).toList());
    return route.endpoint().serve(read.call, read.body);
  }

  /** A request whose sender is known. */
  private record Read<B>(Call call, B body) {}

  private static Call call(
      RouteTable.Match<?> match, IncomingRequest request, Admission admission) {
    var verified = admission.verified();
    return new Call(
        match.parameters(),
        request.queryParameters(),
        verified == null ? null : verified.signer(),
        admission.principal());
  }

  private static void requireMediaType(Route<?> route, IncomingRequest request) {
    if (route.hasBody() && !JSON.equals(request.headers().get("Content-Type"))) {
      throw new Refusal(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  // A route without a body has the type Void, whose only value is null.
  @SuppressWarnings("NullAway")
  private static <B> B readBody(Route<B> route, Bytes body) {
    if (route.hasBody()) {
      return read(body.toArray(), route.bodyType());
    }
    if (body.length() > 0) {
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

  private void onError(Router router, int status, ProblemCode code) {
    router.errorHandler(status, context -> refuse(context, code));
  }

  private void refuse(RoutingContext context, ProblemCode code) {
    gates.replies().compose(new Reply.Refused(code), null).send(context.response());
  }

  private static Bytes body(RoutingContext context) {
    @Nullable Buffer buffer = context.body().buffer();
    return Bytes.of(buffer == null ? new byte[0] : buffer.getBytes());
  }
}
