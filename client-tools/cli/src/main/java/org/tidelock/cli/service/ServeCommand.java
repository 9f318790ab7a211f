package org.tidelock.cli.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidelock serve}: the whole service in one process, until a signal ends it. */
@Command(
    name = "serve",
    sortOptions = false,
    description = {
      "Run the service until Ctrl-C or SIGTERM: on a PostgreSQL of its own, whose data survive",
      "restarts, or on the one that --database-url names. Says on standard output where it is",
      "reached and what clients compare; logs to standard error, one JSON document a line.",
      ""
    },
    footer = {
      "",
      "Each setting is also read from a file (--config, lines name=value) and from the environment",
      "(TIDELOCK_ and the name in capitals, such as TIDELOCK_DATABASE_URL); options win over the",
      "environment, and that over the file. Keep passwords out of options: others see them."
    })
public final class ServeCommand implements Verb {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A file of settings, one name=value a line.")
  private @Nullable Path config;

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
    CommandLine line = new CommandLine(new ServeCommand(invocation));
    SettingOptions.add(line.getCommandSpec(), ServiceSettings.KNOWN);
    return line;
  }

  @Override
  public ExitCode run() {
    ServiceSettings settings = ServiceSettings.read(invocation, flags());
    if (printConfig) {
      invocation.reporter().result(settings.document(), settings.text());
      return ExitCode.DONE;
    }
    return new Serving(invocation, settings).run();
  }

  private List<String> flags() {
    List<String> flags = new ArrayList<>(SettingOptions.given(spec, ServiceSettings.KNOWN));
    if (config != null) {
      flags.add("--config=" + invocation.console().resolve(config));
    }
    return flags;
  }
}
