package org.tidelock.cli;

import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Interruption;

/** Where the process starts and ends. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    Interruption interruption = Interruption.ofProcess();
    int exitCode = Tidelock.run(console, interruption, arguments);
    interruption.commandEnded(exitCode);
    System.exit(exitCode);
  }
}
