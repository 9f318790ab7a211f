package org.tidelock.service.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelock.protocol.problem.ProblemCode;

/** Finds the route of a path. Paths are compared as sent; only parameters are decoded. */
final class RouteTable {

  private static final String PARAMETER = ":";

  private final List<Route<?>> routes;

  RouteTable(List<Route<?>> routes) {
    this.routes = List.copyOf(routes);
  }

  /** A route and the parameters that a path gives it. */
  record Match<B>(Route<B> route, Map<String, String> parameters) {}

  /**
   * The route for a request.
   *
   * @throws Refusal if no route has the path, or none of those takes the method
   */
  Match<?> find(IncomingRequest request) {
    boolean pathIsKnown = false;
    for (Route<?> route : routes) {
      Optional<Map<String, String>> parameters = match(route.path(), request.path());
      if (parameters.isPresent()) {
        if (route.method().name().equals(request.method())) {
          return new Match<>(route, parameters.get());
        }
        pathIsKnown = true;
      }
    }
    throw new Refusal(pathIsKnown ? ProblemCode.METHOD_NOT_ALLOWED : ProblemCode.NOT_FOUND);
  }

  private static Optional<Map<String, String>> match(String pattern, String path) {
    String[] wanted = pattern.split("/", -1);
    String[] found = path.split("/", -1);
    if (wanted.length != found.length) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith(PARAMETER)) {
        parameters.put(wanted[i].substring(PARAMETER.length()), decoded(found[i]));
      } else if (!wanted[i].equals(found[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static String decoded(String segment) {
    try {
      // A plus stands for itself in a path.
      return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ProblemCode.NOT_FOUND);
    }
  }
}
