package org.tidelock.cli.message;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Refusals;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.terminal.SignalInterrupt;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.SendMessage;

/** Sends one message, and says what became of it, also where that is not known. */
final class Sending {

  private static final Set<ProblemCode> NOBODY =
      Set.of(ProblemCode.NOT_FOUND, ProblemCode.RECIPIENT_UNKNOWN);

  private final Invocation invocation;
  private final Client client;
  private final ThisMachine machine;

  Sending(Invocation invocation, Client client, ThisMachine machine) {
    this.invocation = invocation;
    this.client = client;
    this.machine = machine;
  }

  /** Sends it. */
  ExitCode send(Draft draft, Content content) throws IOException {
    Set<MessageId> waiting = waiting();
    Answer<Messages.Accepted> answer;
    try (SignalInterrupt signal = new SignalInterrupt(invocation.interruption())) {
      try {
        answer =
            new SendMessage(client.connection(), client.home())
                .send(draft, content.in(), content.bytes());
      } catch (IOException e) {
        throw notSent(e, signal.came(), waiting);
      }
    }
    return switch (answer) {
      case Answer.Granted<Messages.Accepted>(Messages.Accepted accepted) -> {
        new SentReport(invocation, machine).tell(draft, content, accepted);
        yield ExitCode.DONE;
      }
      case Answer.Refused<Messages.Accepted>(Problem problem) -> throw refused(draft, problem);
    };
  }

  private Set<MessageId> waiting() throws IOException {
    return client.home().pending().stream()
        .map(submission -> submission.envelope().message())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** What came before the server was asked to take it is nothing; what came after waits. */
  private IOException notSent(IOException cause, boolean stopped, Set<MessageId> before)
      throws IOException {
    Optional<MessageId> kept =
        waiting().stream().filter(message -> !before.contains(message)).findFirst();
    String waits =
        kept.map(
                message ->
                    "message %s waits in the outbox, and tidelock send --pending sends it"
                        .formatted(message))
            .orElse("nothing was sent");
    if (stopped) {
      throw new CommandFailure(
          kept.isPresent() ? ExitCode.INTERRUPTED : ExitCode.CANCELLED,
          "interrupted; " + waits,
          cause);
    }
    if (cause instanceof UnreachableException) {
      throw new CommandFailure(
          ExitCode.SERVER_UNREACHABLE, "%s; %s".formatted(cause.getMessage(), waits), cause);
    }
    return cause;
  }

  private CommandFailure refused(Draft draft, Problem problem) {
    return problem.code().filter(NOBODY::contains).isPresent()
        ? new CommandFailure(
            ExitCode.ERROR,
            "there is no %s at %s; nothing was sent"
                .formatted(draft.to(), client.connection().pin().address()))
        : Refusals.of(problem);
  }
}
