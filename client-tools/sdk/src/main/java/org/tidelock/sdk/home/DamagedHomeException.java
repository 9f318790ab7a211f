package org.tidelock.sdk.home;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the client's home is not what was written there. The message names it. */
public final class DamagedHomeException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedHomeException(Path file, String reason) {
    super("%s is damaged: %s".formatted(file, reason));
  }
}
