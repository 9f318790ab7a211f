package org.tidelock.bench;

import org.tidelock.bench.compare.CompareCommand;
import org.tidelock.bench.enumeration.EnumerationCommand;
import org.tidelock.bench.logins.LoginsCommand;
import org.tidelock.bench.messages.MessagesCommand;
import org.tidelock.bench.overhead.OverheadCommand;
import org.tidelock.bench.puzzles.PuzzlesCommand;
import org.tidelock.bench.soak.SoakCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmark commands; the scripts in {@code bench/} call them. */
@Command(
    name = "bench",
    subcommands = {
      CompareCommand.class,
      EnumerationCommand.class,
      LoginsCommand.class,
      MessagesCommand.class,
      OverheadCommand.class,
      PuzzlesCommand.class,
      SoakCommand.class
    })
public final class Main {

  private Main() {}

  /** Runs the command named first; 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
