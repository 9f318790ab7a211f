package org.tidelock.cli.verb;

import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Tidelock;
import org.tidelock.cli.Verb;
import org.tidelock.cli.manual.ManPage;
import picocli.CommandLine.Command;

/** {@code tidelock man}: the man page, as roff. */
@Command(
    name = "man",
    sortOptions = false,
    description = "Print the man page.",
    footer = {"", "To read it: tidelock man | man -l -"})
public final class ManCommand implements Verb {

  private final Invocation invocation;

  public ManCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    invocation.console().out().print(ManPage.of(Tidelock.commands(invocation)));
    return ExitCode.DONE;
  }
}
