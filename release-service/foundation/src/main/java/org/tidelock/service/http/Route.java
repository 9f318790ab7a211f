package org.tidelock.service.http;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One entry of the table of routes.
 *
 * @param path with parameters behind a colon, such as {@code /v1/devices/:deviceId}
 * @param access what the request has to bring
 * @param limit what its address is counted against, and its account, where one is known
 * @param besides what else is counted
 * @param <B> the body's type
 */
public record Route<B>(
    HttpMethod method,
    String path,
    Access access,
    Limit limit,
    List<Besides<B>> besides,
    Class<B> bodyType,
    Endpoint<B> endpoint) {

  public Route {
    besides = List.copyOf(besides);
  }

  /**
   * Another limit that a request is counted against.
   *
   * @param subject whom it counts for
   */
  public record Besides<B>(Limit limit, BiFunction<Call, B, String> subject) {

    Toll.Counted of(Call call, B body) {
      return new Toll.Counted(limit, subject.apply(call, body), 1);
    }
  }

  /** A route that takes a JSON body. */
  public static <B> Route<B> post(
      String path, Access access, Limit limit, Class<B> bodyType, Endpoint<B> endpoint) {
    return new Route<>(HttpMethod.POST, path, access, limit, List.of(), bodyType, endpoint);
  }

  /** A route that takes a JSON body and writes one thing to a place the client names. */
  public static <B> Route<B> put(
      String path, Access access, Limit limit, Class<B> bodyType, Endpoint<B> endpoint) {
    return new Route<>(HttpMethod.PUT, path, access, limit, List.of(), bodyType, endpoint);
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

  /** The same, counted besides against what {@code more} allows the account. */
  public Route<B> alsoByAccount(Limit more) {
    return alsoBy(more, (call, body) -> call.principal().accountId().toString());
  }

  /** The same, counted besides against what {@code more} allows somebody whom the body names. */
  public Route<B> alsoBy(Limit more, Function<B, String> subject) {
    return alsoBy(more, (call, body) -> subject.apply(body));
  }

  private Route<B> alsoBy(Limit more, BiFunction<Call, B, String> subject) {
    List<Besides<B>> all =
        Stream.concat(besides.stream(), Stream.of(new Besides<>(more, subject))).toList();
    return new Route<>(method, path, access, limit, all, bodyType, endpoint);
  }

  boolean hasBody() {
    return bodyType != Void.class;
  }

  private static Route<Void> bodiless(
      HttpMethod method, String path, Access access, Limit limit, Function<Call, Reply> endpoint) {
    return new Route<>(
        method, path, access, limit, List.of(), Void.class, (call, none) -> endpoint.apply(call));
  }
}
