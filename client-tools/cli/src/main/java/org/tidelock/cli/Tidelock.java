package org.tidelock.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidelock.cli.account.BlockCommand;
import org.tidelock.cli.account.BlockedCommand;
import org.tidelock.cli.account.DeleteAccountCommand;
import org.tidelock.cli.account.DevicesCommand;
import org.tidelock.cli.account.LoginCommand;
import org.tidelock.cli.account.LogoutCommand;
import org.tidelock.cli.account.OnlineCommand;
import org.tidelock.cli.account.PasswordCommand;
import org.tidelock.cli.account.RecoverCommand;
import org.tidelock.cli.account.RegisterCommand;
import org.tidelock.cli.account.RotateKeysCommand;
import org.tidelock.cli.account.SafetyNumberCommand;
import org.tidelock.cli.account.UnblockCommand;
import org.tidelock.cli.account.WhoAmICommand;
import org.tidelock.cli.demo.DemoCommand;
import org.tidelock.cli.message.CancelCommand;
import org.tidelock.cli.message.ExportCommand;
import org.tidelock.cli.message.InboxCommand;
import org.tidelock.cli.message.PostponeCommand;
import org.tidelock.cli.message.ReadCommand;
import org.tidelock.cli.message.SendCommand;
import org.tidelock.cli.message.SendNowCommand;
import org.tidelock.cli.message.SentCommand;
import org.tidelock.cli.service.AdminCommand;
import org.tidelock.cli.service.KeyServerCommand;
import org.tidelock.cli.service.ServeCommand;
import org.tidelock.cli.terminal.Console;
import org.tidelock.cli.terminal.Interruption;
import org.tidelock.cli.terminal.Reporter;
import org.tidelock.cli.verb.CalibrateCommand;
import org.tidelock.cli.verb.CompletionCommand;
import org.tidelock.cli.verb.InspectCommand;
import org.tidelock.cli.verb.LockCommand;
import org.tidelock.cli.verb.ManCommand;
import org.tidelock.cli.verb.OpenCommand;
import org.tidelock.cli.verb.SolveCommand;
import org.tidelock.cli.verb.WarmUpCommand;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line as a whole: its verbs, and how a failure is told. */
public final class Tidelock {

  private static final int USAGE_WIDTH = 100;
  private static final String RESULT_LOST =
      "cannot write standard output: it was closed, or what it goes to is full; the result is"
          + " lost, make room and run the command again";

  private Tidelock() {}

  /**
   * Runs one command line to its end and returns the exit code. Never throws and never prints a
   * stack trace, unless TIDELOCK_DEBUG=1 is set.
   */
  public static int run(Console console, Interruption interruption, String... arguments) {
    GlobalOptions options = new GlobalOptions();
    CommandLine commands = commands(new Invocation(console, interruption, options));
    boolean json = Arrays.asList(arguments).contains("--json");
    commands.setParameterExceptionHandler((failure, ignored) -> misused(console, json, failure));
    commands.setExecutionExceptionHandler(
        (failure, where, ignored) -> {
          interruption.commandDecidesEnd();
          return failed(console, json || options.json(), failure);
        });
    int exitCode = commands.execute(arguments);
    return flushed(console, json, exitCode);
  }

  /**
   * Says in place of a command that a signal ended it before it had anything to save.
   *
   * @return the exit code
   */
  public static int cancelled(Console console, String... arguments) {
    boolean json = Arrays.asList(arguments).contains("--json");
    int exitCode =
        tell(
            console,
            json,
            ExitCode.CANCELLED,
            "interrupted before there was anything to save; nothing is left behind, run the same"
                + " command again");
    return json ? flushed(console, true, exitCode) : exitCode;
  }

  /** The root command with every verb: what help, completion and the man page describe. */
  public static CommandLine commands(Invocation invocation) {
    CommandLine root = new CommandLine(new RootCommand(invocation));
    root.addSubcommand(new LockCommand(invocation));
    root.addSubcommand(new OpenCommand(invocation));
    root.addSubcommand(new InspectCommand(invocation));
    root.addSubcommand(new SolveCommand(invocation));
    root.addSubcommand(new CalibrateCommand(invocation));
    root.addSubcommand(new DemoCommand(invocation));
    root.addSubcommand(new RegisterCommand(invocation));
    root.addSubcommand(new LoginCommand(invocation));
    root.addSubcommand(new LogoutCommand(invocation));
    root.addSubcommand(new WhoAmICommand(invocation));
    root.addSubcommand(new PasswordCommand(invocation));
    root.addSubcommand(new RecoverCommand(invocation));
    root.addSubcommand(new RotateKeysCommand(invocation));
    root.addSubcommand(DevicesCommand.line(invocation));
    root.addSubcommand(new OnlineCommand(invocation));
    root.addSubcommand(new BlockCommand(invocation));
    root.addSubcommand(new UnblockCommand(invocation));
    root.addSubcommand(new BlockedCommand(invocation));
    root.addSubcommand(new SafetyNumberCommand(invocation));
    root.addSubcommand(new DeleteAccountCommand(invocation));
    root.addSubcommand(new SendCommand(invocation));
    root.addSubcommand(new InboxCommand(invocation));
    root.addSubcommand(new ReadCommand(invocation));
    root.addSubcommand(new SentCommand(invocation));
    root.addSubcommand(new CancelCommand(invocation));
    root.addSubcommand(new PostponeCommand(invocation));
    root.addSubcommand(new SendNowCommand(invocation));
    root.addSubcommand(new ExportCommand(invocation));
    root.addSubcommand(ServeCommand.line(invocation));
    root.addSubcommand(KeyServerCommand.line(invocation));
    root.addSubcommand(AdminCommand.line(invocation));
    root.addSubcommand(new CompletionCommand(invocation));
    root.addSubcommand(new ManCommand(invocation));
    root.addSubcommand(new WarmUpCommand(invocation));
    root.setExpandAtFiles(false); // @notes is a file like any other
    root.setOut(new PrintWriter(invocation.console().out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(invocation.console().err(), true, StandardCharsets.UTF_8));
    root.setUsageHelpWidth(USAGE_WIDTH);
    root.setUsageHelpLongOptionsMaxWidth(30);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    return root;
  }

  private static int misused(Console console, boolean json, ParameterException failure) {
    String verb = failure.getCommandLine().getCommandSpec().qualifiedName();
    String message = Misuse.inWords(failure) + "; see " + verb + " --help";
    return tell(console, json, ExitCode.USAGE, message);
  }

  private static int failed(Console console, boolean json, Exception failure) {
    if ("1".equals(console.environment().get("TIDELOCK_DEBUG"))) {
      failure.printStackTrace(console.err());
    }
    return switch (failure) {
      case CommandFailure known -> tell(console, json, known.exitCode(), known.getMessage());
      default -> tell(console, json, ExitCode.ERROR, unexpected(failure));
    };
  }

  private static String unexpected(Exception failure) {
    return "internal error: %s: %s; set TIDELOCK_DEBUG=1 to see where"
        .formatted(failure.getClass().getSimpleName(), failure.getMessage());
  }

  private static int tell(Console console, boolean json, ExitCode code, String message) {
    Reporter.failure(console, json, code.label(), code.number(), message);
    return code.number();
  }

  private static int flushed(Console console, boolean json, int exitCode) {
    console.err().flush();
    if (!console.out().checkError() || (exitCode != ExitCode.DONE.number() && !json)) {
      return exitCode;
    }
    console.err().println("tidelock: " + RESULT_LOST);
    console.err().flush();
    return exitCode == ExitCode.DONE.number() ? ExitCode.ERROR.number() : exitCode;
  }
}
