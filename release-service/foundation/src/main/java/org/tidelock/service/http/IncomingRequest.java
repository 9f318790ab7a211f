package org.tidelock.service.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.signing.HttpRequestParts;

/**
 * A request as it arrived, whichever way: what the gates and the routes look at.
 *
 * @param path percent-encoded as sent
 * @param query as sent, without its question mark; empty if there is none
 * @param remote where the connection comes from
 */
record IncomingRequest(
    String method, String path, String query, MultiMap headers, Bytes body, SocketAddress remote) {

  static IncomingRequest of(HttpServerRequest request, Bytes body) {
    String path = request.path();
    String query = request.query();
    return new IncomingRequest(
        request.method().name(),
        path == null ? "" : path,
        query == null ? "" : query,
        request.headers(),
        body,
        request.remoteAddress());
  }

  /**
   * What a signature covers.
   *
   * @throws Refusal if a field comes twice: it has no one value that could be signed
   */
  HttpRequestParts signedParts() {
    Map<String, String> fields = new HashMap<>();
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (fields.put(name, header.getValue()) != null && !name.equals("cookie")) {
        throw new Refusal(ProblemCode.SIGNATURE_INVALID, "%s is given twice".formatted(name));
      }
    }
    return new HttpRequestParts(method, path, query, fields, body);
  }

  /**
   * The query's parameters.
   *
   * @throws Refusal if one comes twice, or is not percent-encoded as it has to be
   */
  Map<String, String> queryParameters() {
    Map<String, String> parameters = new HashMap<>();
    try {
      for (Map.Entry<String, List<String>> parameter :
          new QueryStringDecoder(query, false).parameters().entrySet()) {
        if (parameter.getValue().size() > 1) {
          throw new Refusal(
              ProblemCode.INVALID_FIELD, "%s is given twice".formatted(parameter.getKey()));
        }
        parameters.put(parameter.getKey(), parameter.getValue().getFirst());
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(ProblemCode.INVALID_FIELD, "the query is not percent-encoded");
    }
    return parameters;
  }
}
