package org.tidelock.cli.service;

import java.util.List;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.service.settings.Setting;
import org.tidelock.service.settings.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb that runs a service until a signal ends it. */
abstract class ServiceVerb implements Verb {

  @Mixin private final SettingsInput input;

  @Option(
      names = "--print-config",
      description = "Print every setting and where it comes from, secrets hidden, and end.")
  private boolean printConfig;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Invocation invocation;

  ServiceVerb(Invocation invocation, String folder, List<Setting> known) {
    this.invocation = invocation;
    this.input = new SettingsInput(folder, known);
  }

  /** What is run with these settings. */
  abstract Serving.Service service(Settings settings);

  /** The verb, with an option for each setting. */
  CommandLine line() {
    CommandLine line = new CommandLine(this);
    input.addOptions(line.getCommandSpec());
    return line;
  }

  @Override
  public ExitCode run() {
    Settings settings = input.read(invocation, spec);
    return printConfig
        ? SettingsInput.print(invocation, settings)
        : new Serving(invocation).run(service(settings));
  }
}
