package org.tidelock.sdk.connection;

import java.io.IOException;

/**
 * Whoever answers is not the server that was pinned, or says what cannot be true. The message tells
 * what differs and what it can mean; it is fit to be shown.
 */
public final class LyingServerException extends IOException {

  private static final long serialVersionUID = 1L;

  public LyingServerException(String message) {
    super(message);
  }
}
