package org.tidelock.cli.verb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Tidelock;
import org.tidelock.cli.Verb;
import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Console.Terminals;
import org.tidelock.cli.terminal.Interruption;
import picocli.CommandLine.Command;

/**
 * {@code tidelock warm-up}, hidden: does what commands usually do at their start, and throws the
 * output away. The launcher lets the Java machine watch it, to have those classes ready next time.
 */
@Command(name = "warm-up", hidden = true)
public final class WarmUpCommand implements Verb {

  private static final List<List<String>> COMMAND_LINES =
      List.of(
          List.of("--version"),
          List.of("--help"),
          List.of("completion", "--help"),
          List.of("lock", "--help"),
          List.of("--quiet", "lock", "--squarings", "1000", "--armor"),
          List.of("--json", "inspect", "no-such-file"));

  /** A port that nothing listens on: as far as a client gets without a server. */
  private static final String NOBODY = "https://127.0.0.1:1";

  private final Invocation invocation;

  public WarmUpCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    for (List<String> arguments : COMMAND_LINES) {
      Tidelock.run(silent(), new Interruption(), arguments.toArray(String[]::new));
    }
    askNobody();
    return ExitCode.DONE;
  }

  private void askNobody() {
    try {
      Path home = Files.createTempDirectory("tidelock-warm-up-");
      try {
        Tidelock.run(
            silent(), new Interruption(), "whoami", "--server", NOBODY, "--home", home.toString());
      } finally {
        Files.deleteIfExists(home.resolve("account"));
        Files.deleteIfExists(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Console silent() {
    Console real = invocation.console();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Console(
        InputStream.nullInputStream(),
        nowhere,
        nowhere,
        Terminals.NONE,
        real.environment(),
        real.folder(),
        real.clock(),
        real.zone());
  }
}
