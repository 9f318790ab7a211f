package org.tidelock.service.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.wire.WireJson;

/** An open WebSocket (RFC 6455) to one device of one account. Thread-safe. */
public final class Socket {

  /** Why the server closes a socket, with the status code of RFC 6455, section 7.4.1. */
  public enum Ending {
    /** What it was opened with is no longer good. */
    LOGIN_ENDED(1008, "the login ended"),
    /** Pings stay unanswered, or what is sent is not read. */
    NOT_THERE(1008, "the client does not read"),
    /** The client sent something. */
    TALKS(1003, "this socket takes nothing but pongs"),
    /** Events may have been lost. */
    EVENTS_LOST(1012, "events may have been lost; open the socket again"),
    /** The node stops. */
    GOING(1001, "the server goes; open the socket again"),
    /** Something failed here. */
    FAILED(1011, "something failed; open the socket again");

    private final short status;
    private final String reason;

    Ending(int status, String reason) {
      this.status = (short) status;
      this.reason = reason;
    }
  }

  private static final int ID_BYTES = 16;
  private static final int MAX_UNANSWERED = 3;

  private final Bytes id = RandomBytes.ofLength(ID_BYTES);
  private final Principal principal;
  private final ServerWebSocket webSocket;
  private final AtomicInteger unanswered = new AtomicInteger();

  Socket(Principal principal, ServerWebSocket webSocket) {
    this.principal = principal;
    this.webSocket = webSocket;
  }

  /** What this socket is known by among all nodes. */
  public Bytes id() {
    return id;
  }

  /** Whose it is. */
  public Principal principal() {
    return principal;
  }

  /**
   * Sends an event as one text frame, an object whose only field is the topic. A client that does
   * not read what was sent before is cut off.
   */
  public void send(String topic, Object event) {
    if (webSocket.writeQueueFull()) {
      close(Ending.NOT_THERE);
    } else if (!webSocket.isClosed()) {
      webSocket.writeTextMessage(
          new String(WireJson.write(Map.of(topic, event)), StandardCharsets.UTF_8));
    }
  }

  /** Closes the socket; closing twice does nothing more. */
  public void close(Ending ending) {
    if (!webSocket.isClosed()) {
      webSocket.close(ending.status, ending.reason);
    }
  }

  /** Asks whether the client is there, or closes the socket if that was asked too often. */
  void ping() {
    if (unanswered.incrementAndGet() > MAX_UNANSWERED) {
      close(Ending.NOT_THERE);
    } else if (!webSocket.isClosed()) {
      webSocket.writePing(Buffer.buffer());
    }
  }

  void answered() {
    unanswered.set(0);
  }
}
