package org.tidelock.cli;

import java.util.Locale;
import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Interruption;

/** Where the process starts and ends. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // figures look the same everywhere, and scripts can read them
    Console console = Console.ofProcess();
    Interruption interruption =
        Interruption.ofProcess(() -> Tidelock.cancelled(console, arguments));
    int exitCode = Tidelock.run(console, interruption, arguments);
    interruption.commandEnded(exitCode);
    System.exit(exitCode);
  }
}
