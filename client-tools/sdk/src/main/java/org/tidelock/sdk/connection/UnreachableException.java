package org.tidelock.sdk.connection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The server does not answer. Nothing is known of whether it got the request. */
public final class UnreachableException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreachableException(URI address, IOException cause) {
    super("%s does not answer: %s".formatted(address, reason(cause)), cause);
  }

  /** Java's client often says what happened only by the exception's type. */
  private static String reason(IOException failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return failure instanceof ConnectException
        ? "nothing listens there, or the name is unknown"
        : failure.getClass().getSimpleName();
  }
}
