package org.tidelock.service.http;

import java.util.List;

/**
 * A path that is upgraded to a WebSocket.
 *
 * @param access what the request for the upgrade has to bring; it needs a token
 * @param topics the slices that use the socket
 * @param open where its open sockets are kept
 */
public record SocketRoute(
    String path, Access access, Limit limit, List<SocketTopic> topics, OpenSockets open) {

  public SocketRoute {
    topics = List.copyOf(topics);
    if (!access.needsToken()) {
      throw new IllegalArgumentException("%s: a socket belongs to an account".formatted(path));
    }
  }
}
