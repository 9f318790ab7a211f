package org.tidelock.service.http;

import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * One entry of the table of routes.
 *
 * @param path with parameters behind a colon, such as {@code /v1/devices/:deviceId}
 * @param access what the request has to bring
 * @param limit what it is counted against
 * @param <B> the body's type
 */
public record Route<B>(
    HttpMethod method,
    String path,
    Access access,
    Limit limit,
    Class<B> bodyType,
    Endpoint<B> endpoint) {

  /** A route that takes a JSON body. */
  public static <B> Route<B> post(
      String path, Access access, Limit limit, Class<B> bodyType, Endpoint<B> endpoint) {
    return new Route<>(HttpMethod.POST, path, access, limit, bodyType, endpoint);
  }

  /** A route that takes a JSON body and writes one thing to a place the client names. */
  public static <B> Route<B> put(
      String path, Access access, Limit limit, Class<B> bodyType, Endpoint<B> endpoint) {
    return new Route<>(HttpMethod.PUT, path, access, limit, bodyType, endpoint);
  }

  /** A route that reads. */
  public static Route<Void> get(
      String path, Access access, Limit limit, Function<Call, Reply> endpoint) {
    return bodiless(HttpMethod.GET, path, access, limit, endpoint);
  }

  /** A PUT without a body: the path names what is to be there. */
  public static Route<Void> put(
      String path, Access access, Limit limit, Function<Call, Reply> endpoint) {
    return bodiless(HttpMethod.PUT, path, access, limit, endpoint);
  }

  /** A route that removes. */
  public static Route<Void> delete(
      String path, Access access, Limit limit, Function<Call, Reply> endpoint) {
    return bodiless(HttpMethod.DELETE, path, access, limit, endpoint);
  }

  /** A POST without a body. */
  public static Route<Void> post(
      String path, Access access, Limit limit, Function<Call, Reply> endpoint) {
    return bodiless(HttpMethod.POST, path, access, limit, endpoint);
  }

  boolean hasBody() {
    return bodyType != Void.class;
  }

  private static Route<Void> bodiless(
      HttpMethod method, String path, Access access, Limit limit, Function<Call, Reply> endpoint) {
    return new Route<>(
        method, path, access, limit, Void.class, (call, none) -> endpoint.apply(call));
  }
}
