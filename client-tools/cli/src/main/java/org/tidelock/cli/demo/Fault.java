package org.tidelock.cli.demo;

import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;

/** Something that the demo claims at its end and that did not hold in this run. */
final class Fault {

  private Fault() {}

  /** Ends the demo, which shows the fault instead. */
  static void unless(boolean holds, String otherwise) {
    if (!holds) {
      throw new CommandFailure(ExitCode.ERROR, "the demo found a fault: " + otherwise);
    }
  }
}
