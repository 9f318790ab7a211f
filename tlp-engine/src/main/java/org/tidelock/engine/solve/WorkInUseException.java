package org.tidelock.engine.solve;

import java.io.IOException;
import java.nio.file.Path;

/** Two solvers were pointed at the same checkpoints. */
public final class WorkInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  WorkInUseException(Path folder) {
    super(
        "another process is solving this puzzle in %s; wait for it, stop it, or give another work directory"
            .formatted(folder));
  }
}
