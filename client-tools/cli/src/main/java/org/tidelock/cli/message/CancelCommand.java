package org.tidelock.cli.message;

import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.sdk.message.CancelMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelock cancel}: takes a message back before its release. */
@Command(
    name = "cancel",
    sortOptions = false,
    description = {
      "Take a message back before its time: the server hands its key out to nobody.",
      "",
      "Its puzzle cannot be taken back. Who has it can still solve it; the answer says so.",
      ""
    })
public final class CancelCommand implements Verb {

  @Parameters(
      paramLabel = "ID",
      description = "The message, as tidelock sent lists it; its first letters are enough.")
  private String id = "";

  private final Invocation invocation;

  public CancelCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return new Decision(invocation, "cancelled; the server hands its key out to nobody")
        .take(
            id,
            (client, message) ->
                new CancelMessage(client.connection(), client.home()).cancel(message));
  }
}
