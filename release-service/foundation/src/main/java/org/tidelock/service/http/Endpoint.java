package org.tidelock.service.http;

/**
 * What stands behind a route. Runs on a virtual thread.
 *
 * @param <B> the body's type; {@link Void} where there is none
 */
@FunctionalInterface
public interface Endpoint<B> {

  /** Serves one request. */
  Reply serve(Call call, B body);
}
