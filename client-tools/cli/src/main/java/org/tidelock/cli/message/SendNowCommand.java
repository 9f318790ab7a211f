package org.tidelock.cli.message;

import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.sdk.message.SendNow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelock send-now}: has a message released before its time. */
@Command(
    name = "send-now",
    sortOptions = false,
    description = {"Have a message released now, before its time. Nothing takes that back.", ""})
public final class SendNowCommand implements Verb {

  @Parameters(
      paramLabel = "ID",
      description = "The message, as tidelock sent lists it; its first letters are enough.")
  private String id = "";

  private final Invocation invocation;

  public SendNowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return new Decision(invocation, "released now; nothing takes that back")
        .take(
            id,
            (client, message) -> new SendNow(client.connection(), client.home()).sendNow(message));
  }
}
