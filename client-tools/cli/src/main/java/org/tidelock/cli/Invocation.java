package org.tidelock.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Interruption;
import org.tidelock.cli.terminal.Reporter;

/**
 * One call of the command: what every verb is given.
 *
 * @param options filled in when the command line is parsed, so not to be asked before
 */
public record Invocation(Console console, Interruption interruption, GlobalOptions options) {

  /** Says what was found, done or refused, in the form the user asked for. */
  public Reporter reporter() {
    return new Reporter(console, interruption, options.json(), options.quiet());
  }

  /** The kernel asked for by name; empty means the fastest. */
  public Optional<String> kernel() {
    return Optional.ofNullable(options.kernel());
  }

  /** The server asked for; empty means the one remembered. */
  public Optional<String> server() {
    return Optional.ofNullable(options.server()).or(() -> console.variable("TIDELOCK_SERVER"));
  }

  /** The folder for calibration, checkpoints and the account; it need not exist yet. */
  public Path home() {
    return homeIfAny()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.ERROR,
                    "no folder for calibration, checkpoints and the account: TIDELOCK_HOME and HOME are unset;"
                        + " give --home DIR"));
  }

  /** That folder, or nothing where neither option nor environment names one. */
  public Optional<Path> homeIfAny() {
    return Optional.ofNullable(options.home())
        .or(() -> console.variable("TIDELOCK_HOME").map(Path::of))
        .or(() -> console.variable("HOME").map(set -> Path.of(set, ".tidelock")))
        .map(console::resolve);
  }
}
