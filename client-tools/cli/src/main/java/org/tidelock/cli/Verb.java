package org.tidelock.cli;

import java.util.concurrent.Callable;

/** One verb of the command line. */
public interface Verb extends Callable<Integer> {

  /**
   * Does it, and says how it ended.
   *
   * @throws CommandFailure if it cannot be done
   */
  ExitCode run();

  @Override
  default Integer call() {
    return run().number();
  }
}
