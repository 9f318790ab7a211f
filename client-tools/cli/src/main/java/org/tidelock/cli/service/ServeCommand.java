package org.tidelock.cli.service;

import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.service.settings.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidelock serve}: the whole service in one process, until a signal ends it. */
@Command(
    name = "serve",
    sortOptions = false,
    description = {
      "Run the service: the server and the key server.",
      "",
      "Until Ctrl-C or SIGTERM; each on a PostgreSQL of its own, whose data survive restarts, or on the",
      "ones that --database-url and --key-server-database-url name. Says on standard output where it",
      "is reached and what clients compare; logs to standard error, one JSON document a line.",
      ""
    },
    footer = {
      "",
      "Each setting is also read from a file (--config, lines name=value) and from the environment",
      "(TIDELOCK_ and the name in capitals, such as TIDELOCK_DATABASE_URL); options win over the",
      "environment, and that over the file. Keep passwords out of options: others see them."
    })
public final class ServeCommand implements Verb {

  /** The folder in the home that the service's data lie in by default. */
  static final String FOLDER = "service";

  @Mixin private final SettingsInput input = new SettingsInput(FOLDER, WholeService.SETTINGS);

  @Option(
      names = "--print-config",
      description = "Print every setting and where it comes from, secrets hidden, and end.")
  private boolean printConfig;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Invocation invocation;

  private ServeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The verb, with an option for each setting. */
  public static CommandLine line(Invocation invocation) {
    ServeCommand command = new ServeCommand(invocation);
    CommandLine line = new CommandLine(command);
    command.input.addOptions(line.getCommandSpec());
    return line;
  }

  @Override
  public ExitCode run() {
    Settings settings = input.read(invocation, spec);
    return printConfig
        ? SettingsInput.print(invocation, settings)
        : new Serving(invocation).run(new WholeService(settings));
  }
}
