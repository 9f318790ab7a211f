package org.tidelock.cli.message;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.files.InputFile;
import org.tidelock.cli.files.OutputFile;
import org.tidelock.cli.files.PrivateSpool;
import org.tidelock.cli.solving.SolvingOptions;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.sdk.message.ReadMessage;
import org.tidelock.sdk.message.ReadOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidelock read}: opens a message, by its release or by solving. */
@Command(
    name = "read",
    sortOptions = false,
    description = {
      "Open a message that you received.",
      "",
      "Before its time this says when it opens, and exits 3. --wait waits until then; --solve needs",
      "no release: it does the squarings of the message's puzzle, as tidelock solve does. Either way",
      "everything is checked before a byte is printed or a file appears: who signed it, that the",
      "server kept to its receipt, and that nothing was altered.",
      ""
    },
    footer = {
      "",
      "--solve saves its work every few seconds. After Ctrl-C (exit 5), a crash or a power cut, the",
      "same command goes on where it was.",
      "",
      "  tidelock read 3kXq",
      "  tidelock export 3kXq -o letter.message",
      "  tidelock read --offline letter.message -o letter.txt"
    })
public final class ReadCommand implements Verb {

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The message, as tidelock inbox lists it; its first letters are enough.")
  private @Nullable String id;

  @Option(
      names = "--offline",
      paramLabel = "ENVELOPE",
      description =
          "Open the file that tidelock export wrote, instead of ID, with no server: by solving.")
  private @Nullable Path envelope;

  @Option(names = "--wait", description = "Wait until the message is released.")
  private boolean wait;

  @Option(names = "--solve", description = "Solve its puzzle, unless it is released already.")
  private boolean solve;

  @Option(
      names = "--solution",
      paramLabel = "FILE",
      description =
          "Open it by a solution that somebody found: what tidelock solve printed, or the number"
              + " alone.")
  private @Nullable Path solution;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Where to write. Default: standard output.")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace OUT if it exists.")
  private boolean force;

  @Mixin private final SolvingOptions solvingOptions = new SolvingOptions();

  private final Invocation invocation;

  public ReadCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Path file = envelope;
    String typed = id;
    requireSensible();
    OutputFile.requireUsable(invocation, output, force);
    if (file != null) {
      return Client.useOffline(invocation, client -> readExported(client, file));
    }
    if (typed == null) {
      throw CommandFailure.usage("ID or --offline ENVELOPE is required; tidelock inbox lists ids");
    }
    MessageLookup.requireForm(typed);
    return Client.use(invocation, client -> read(client, typed));
  }

  private void requireSensible() {
    if (envelope != null && (id != null || wait)) {
      throw CommandFailure.usage(
          "--offline opens a file without any server; leave ID and --wait out");
    }
    if ((wait ? 1 : 0) + (solve ? 1 : 0) + (solution != null ? 1 : 0) > 1) {
      throw CommandFailure.usage("only one of --wait, --solve and --solution can be given");
    }
    if (invocation.options().json() && OutputFile.isStandardOutput(output)) {
      throw CommandFailure.usage(
          "--json needs -o OUT: standard output carries the content or the document, not both");
    }
  }

  private ExitCode readExported(Client client, Path file) throws IOException {
    client.identity();
    Path path = invocation.console().resolve(file);
    InputFile.open(invocation.console(), file).close();
    ReadMessage read = new ReadMessage(client.connection(), client.home());
    Squaring squaring = new Squaring(solvingOptions.solving(invocation), file.toString());
    try (PrivateSpool spool = PrivateSpool.in(invocation.home())) {
      ReadOutcome outcome = read.solveExported(path, solver(squaring), spool.out());
      return new ReadReport(invocation, new Senders(client, false), file.toString(), output, force)
          .tell(outcome, spool, squaring);
    }
  }

  private ExitCode read(Client client, String typed) throws IOException {
    client.identity();
    MessageId message = new MessageLookup(client).received(typed);
    String name = "message " + message;
    Squaring squaring = new Squaring(solvingOptions.solving(invocation), name);
    try (PrivateSpool spool = PrivateSpool.in(invocation.home())) {
      ReadOutcome outcome = open(client, message, squaring, spool);
      return new ReadReport(invocation, new Senders(client, true), name, output, force)
          .tell(outcome, spool, squaring);
    }
  }

  private ReadOutcome open(Client client, MessageId message, Squaring squaring, PrivateSpool spool)
      throws IOException {
    ReadMessage read = new ReadMessage(client.connection(), client.home());
    if (solution != null) {
      return read.solve(message, solver(squaring), spool.out());
    }
    if (wait) {
      return new AwaitRelease(invocation, read).read(message, spool);
    }
    ReadOutcome released = read.read(message, spool.out());
    return solve ? unlessOpened(released, read, message, squaring, spool) : released;
  }

  /** What the server released wrongly may still be opened by its puzzle. */
  private ReadOutcome unlessOpened(
      ReadOutcome released,
      ReadMessage read,
      MessageId message,
      Squaring squaring,
      PrivateSpool spool)
      throws IOException {
    return switch (released) {
      case ReadOutcome.Opened opened -> opened;
      case ReadOutcome.NotGiven notGiven -> notGiven;
      case ReadOutcome.Interrupted interrupted -> interrupted;
      case ReadOutcome.NotYet _ -> solved(read, message, squaring, spool);
      case ReadOutcome.Refused(String reason) -> {
        invocation.reporter().warning(reason + "; trying its puzzle");
        yield solved(read, message, squaring, spool);
      }
    };
  }

  private static ReadOutcome solved(
      ReadMessage read, MessageId message, Squaring squaring, PrivateSpool spool)
      throws IOException {
    spool.clear();
    return read.solve(message, squaring, spool.out());
  }

  private ReadMessage.Solver solver(Squaring squaring) {
    return solution == null ? squaring : SolutionFile.read(invocation.console(), solution);
  }
}
