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

/** {@code tidelock key-server}: the key server alone, apart from the server that it asks. */
@Command(
    name = "key-server",
    sortOptions = false,
    description = {
      "Run the key server alone.",
      "",
      "Until Ctrl-C or SIGTERM, such as on another machine than the server's. Each of the two is given",
      "the other's certificate file.",
      ""
    },
    footer = {"", "Settings are read as tidelock serve reads them."})
public final class KeyServerCommand implements Verb {

  @Mixin
  private final SettingsInput input = new SettingsInput("key-server", LoneKeyServer.SETTINGS);

  @Option(
      names = "--print-config",
      description = "Print every setting and where it comes from, secrets hidden, and end.")
  private boolean printConfig;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Invocation invocation;

  private KeyServerCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The verb, with an option for each setting. */
  public static CommandLine line(Invocation invocation) {
    KeyServerCommand command = new KeyServerCommand(invocation);
    CommandLine line = new CommandLine(command);
    command.input.addOptions(line.getCommandSpec());
    return line;
  }

  @Override
  public ExitCode run() {
    Settings settings = input.read(invocation, spec);
    return printConfig
        ? SettingsInput.print(invocation, settings)
        : new Serving(invocation).run(new LoneKeyServer(settings));
  }
}
