package org.tidelock.protocol.signing;

import java.util.Map;
import org.tidelock.engine.puzzle.Bytes;

/**
 * What a request's signature can cover, as it stood on the wire.
 *
 * @param method in upper case
 * @param path the target's path, percent-encoded as sent; empty means {@code /}
 * @param query the target's query without its question mark, as sent; empty if there is none
 * @param headers field names in lower case, each with its one value
 * @param body the bytes of the body; none if there is none
 */
public record HttpRequestParts(
    String method, String path, String query, Map<String, String> headers, Bytes body) {

  public HttpRequestParts {
    headers = Map.copyOf(headers);
  }
}
