package org.tidelock.cli.service;

import java.util.List;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidelock admin}: what an operator does to a service, running or not. */
@Command(
    name = "admin",
    sortOptions = false,
    description = {
      "Look after a service: its accounts, its keys.",
      "",
      "The verbs work on its databases: those that tidelock serve runs on this machine, started for",
      "the while if they are not running, or those that the URLs name.",
      ""
    })
public final class AdminCommand implements Verb {

  private static final List<String> OPTIONS =
      List.of("data", "database-url", "key-server-database-url", "kek-file");

  @Spec private CommandSpec spec = CommandSpec.create();

  private AdminCommand() {}

  /** The verb, with those below it. */
  public static CommandLine line(Invocation invocation) {
    CommandLine admin = new CommandLine(new AdminCommand());
    for (AdminVerb verb :
        List.of(
            new AdminAccounts.ListAll(invocation),
            new AdminAccounts.Show(invocation),
            new AdminAccounts.Disable(invocation),
            new AdminAccounts.Enable(invocation),
            new AdminAccounts.EndSessions(invocation),
            new QuotaCommand(invocation),
            new RotateKekCommand(invocation))) {
      CommandLine line = new CommandLine(verb);
      verb.input().addOptions(line.getCommandSpec(), OPTIONS);
      admin.addSubcommand(line);
    }
    return admin;
  }

  @Override
  public ExitCode run() {
    throw new ParameterException(spec.commandLine(), "say what is to be done");
  }
}
