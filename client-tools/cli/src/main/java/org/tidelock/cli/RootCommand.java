package org.tidelock.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code tidelock} without a verb: help and version. */
@SuppressWarnings("UnusedVariable") // picocli reads and writes the fields
@Command(
    name = "tidelock",
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = false,
    synopsisHeading = "Usage: ",
    customSynopsis = "tidelock VERB [OPTION...] [ARGUMENT...]",
    description = {
      "",
      "Locks data until a time: whoever opens it must first compute for that long, one step after",
      "another; more machines do not help. Nobody has to be trusted, and nobody can be asked.",
      ""
    },
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "Options, before or after any verb:%n",
    footer = {
      "",
      "Exit codes: 0 done, 1 error, 2 usage, 3 not yet unlocked, 4 wrong key or damaged data,",
      "5 interrupted and resumable, 6 server unreachable, 130 interrupted with nothing to resume.",
      "",
      "Try it:   tidelock demo",
      "One verb: tidelock lock --help"
    })
final class RootCommand implements Verb {

  @Mixin private final GlobalOptions options;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print help and end.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and end.")
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  RootCommand(Invocation invocation) {
    this.options = invocation.options();
  }

  @Override
  public ExitCode run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "no verb given");
  }
}
