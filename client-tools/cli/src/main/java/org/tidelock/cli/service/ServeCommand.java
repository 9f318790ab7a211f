package org.tidelock.cli.service;

import org.tidelock.cli.Invocation;
import org.tidelock.service.settings.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
public final class ServeCommand extends ServiceVerb {

  /** The folder in the home that the service's data lie in by default. */
  static final String FOLDER = "service";

  private ServeCommand(Invocation invocation) {
    super(invocation, FOLDER, WholeService.SETTINGS);
  }

  /** The verb, with an option for each setting. */
  public static CommandLine line(Invocation invocation) {
    return new ServeCommand(invocation).line();
  }

  @Override
  Serving.Service service(Settings settings) {
    return new WholeService(settings);
  }
}
