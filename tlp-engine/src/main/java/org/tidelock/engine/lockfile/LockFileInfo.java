package org.tidelock.engine.lockfile;

import java.util.List;
import org.tidelock.engine.puzzle.Puzzle;

/**
 * What a lock file says of itself before anyone has solved it.
 *
 * @param puzzle what keeps it locked
 * @param nested whether recipients' keys are needed too, once the time has come
 * @param armored whether it is printable text
 * @param warnings what its reader should know before relying on the lock, fit to be shown
 */
public record LockFileInfo(Puzzle puzzle, boolean nested, boolean armored, List<String> warnings) {

  public LockFileInfo {
    warnings = List.copyOf(warnings);
  }
}
