package org.tidelock.sdk.connection;

import java.io.IOException;
import java.net.URI;

/** The server does not answer. Nothing is known of whether it got the request. */
public final class UnreachableException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreachableException(URI address, IOException cause) {
    super("%s does not answer: %s".formatted(address, cause.getMessage()), cause);
  }
}
