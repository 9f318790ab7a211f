package org.tidelock.cli.message;

import java.time.Instant;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.sdk.message.PostponeMessage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelock postpone}: moves a message's release to a later time. */
@Command(
    name = "postpone",
    sortOptions = false,
    description = {
      "Move a message's release to a later time.",
      "",
      "Its puzzle stays as it was made: who solves it needs no longer than before.",
      ""
    })
public final class PostponeCommand implements Verb {

  @Parameters(
      paramLabel = "ID",
      description = "The message, as tidelock sent lists it; its first letters are enough.")
  private String id = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private UnlockTime when = new UnlockTime();

  private final Invocation invocation;

  public PostponeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Instant releaseAt = when.from(invocation.console().clock().instant());
    return new Decision(invocation, "postponed to " + MessageLine.toTheSecond(releaseAt))
        .take(
            id,
            (client, message) ->
                new PostponeMessage(client.connection(), client.home())
                    .postpone(message, releaseAt));
  }
}
