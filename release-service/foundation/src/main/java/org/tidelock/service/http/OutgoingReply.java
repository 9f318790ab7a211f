package org.tidelock.service.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.tidelock.engine.puzzle.Bytes;

/** A reply as it goes out, whichever way. */
record OutgoingReply(int status, Map<String, String> headers, Bytes body) {

  OutgoingReply {
    headers = Map.copyOf(headers);
  }

  void send(HttpServerResponse response) {
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(status);
    headers.forEach(response::putHeader);
    response.end(Buffer.buffer(body.toArray()));
  }
}
