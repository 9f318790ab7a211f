package org.tidelock.service.http;

import static io.vertx.core.Future.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.problem.ProblemCode;

/**
 * Turns a request that passed the gates into a socket, and tells its topics what becomes of it. The
 * server pings; every WebSocket library answers by itself, browsers included.
 */
final class SocketUpgrade {

  private static final Logger log = LoggerFactory.getLogger(SocketUpgrade.class);

  private static final Duration PING_INTERVAL = Duration.ofSeconds(15);

  private final Gates gates;
  private final Authenticator authenticator;
  private final SocketRoute route;

  SocketUpgrade(Gates gates, Authenticator authenticator, SocketRoute route) {
    this.gates = gates;
    this.authenticator = authenticator;
    this.route = route;
  }

  void serve(RoutingContext context) {
    HttpServerRequest request = context.request().pause();
    IncomingRequest incoming = IncomingRequest.of(request, Bytes.of(new byte[0]));
    Admission admission = new Admission(gates, authenticator);
    Reply reply = Api.guarded(incoming, () -> admit(incoming, admission), refused -> refused);
    if (reply instanceof Reply.Refused) {
      request.resume();
      gates.replies().compose(reply, admission.verified()).send(context.response());
      return;
    }
    Principal principal = Objects.requireNonNull(admission.principal());
    open(context.vertx(), new Opened(principal, await(request.toWebSocket())));
  }

  private record Opened(Principal principal, ServerWebSocket webSocket) {}

  private Reply admit(IncomingRequest request, Admission admission) {
    Principal principal =
        admission.read(
            request.remote(),
            route.limit(),
            () -> {
              requireUpgrade(request);
              admission.identify(request, route.access());
              return Objects.requireNonNull(admission.principal());
            });
    admission.count(List.of(new Toll.Counted(Limit.SOCKET, principal.accountId().toString(), 1)));
    return new Reply.NoContent();
  }

  private static void requireUpgrade(IncomingRequest request) {
    if (!request.method().equals("GET")) {
      throw new Refusal(ProblemCode.METHOD_NOT_ALLOWED);
    }
    if (!"websocket".equalsIgnoreCase(request.headers().get("Upgrade"))) {
      throw new Refusal(
          ProblemCode.INVALID_FIELD, "upgrade must be websocket, over HTTP/1.1 (RFC 6455)");
    }
  }

  private void open(Vertx vertx, Opened opened) {
    ServerWebSocket webSocket = opened.webSocket();
    Socket socket = new Socket(opened.principal(), webSocket);
    long pings = vertx.setPeriodic(PING_INTERVAL.toMillis(), timer -> socket.ping());
    try {
      listen(vertx, socket, webSocket, pings);
    } catch (IllegalStateException e) {
      // The client left while it was let in: nobody was told that it is here.
      vertx.cancelTimer(pings);
      log.debug("a socket was closed before it was open", e);
      return;
    }
    if (!route.open().add(socket)) {
      socket.close(Socket.Ending.GOING);
      return;
    }
    guarded(socket, () -> stayOpen(socket, topic -> topic.opened(socket)));
    if (webSocket.isClosed()) {
      // Closed while topics were told that it is open: they are told again.
      closed(socket);
    }
  }

  private void listen(Vertx vertx, Socket socket, ServerWebSocket webSocket, long pings) {
    webSocket.pongHandler(pong -> answered(socket));
    webSocket.textMessageHandler(text -> socket.close(Socket.Ending.TALKS));
    webSocket.binaryMessageHandler(bytes -> socket.close(Socket.Ending.TALKS));
    webSocket.shutdownHandler(none -> socket.close(Socket.Ending.GOING));
    webSocket.exceptionHandler(e -> log.debug("a socket broke", e));
    webSocket.closeHandler(
        none -> {
          vertx.cancelTimer(pings);
          closed(socket);
        });
  }

  private void answered(Socket socket) {
    socket.answered();
    guarded(socket, () -> stayOpen(socket, topic -> topic.answered(socket)));
  }

  private interface Question {
    boolean ask(SocketTopic topic);
  }

  private void stayOpen(Socket socket, Question question) {
    for (SocketTopic topic : route.topics()) {
      if (!question.ask(topic)) {
        socket.close(Socket.Ending.LOGIN_ENDED);
        return;
      }
    }
  }

  private void closed(Socket socket) {
    guarded(socket, () -> route.topics().forEach(topic -> topic.closed(socket)));
    route.open().remove(socket);
  }

  private static void guarded(Socket socket, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      log.warn("a socket's step failed", e);
      socket.close(Socket.Ending.FAILED);
    }
  }
}
