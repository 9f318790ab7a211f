package org.tidelock.service.http;

/**
 * What a slice does with open sockets. Called on virtual threads, for one socket one call after
 * another.
 */
public interface SocketTopic {

  /**
   * A socket was opened.
   *
   * @return false if it has to be closed at once
   */
  boolean opened(Socket socket);

  /**
   * The client is still there: it answered a ping.
   *
   * @return false if the socket has to be closed, since what it was opened with has ended
   */
  boolean answered(Socket socket);

  /** The socket is closed, whoever closed it. Called at least once. */
  void closed(Socket socket);
}
