package org.tidelock.cli.account;

import java.io.IOException;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Typed;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.sdk.message.BlockedSenders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidelock block}: takes no more messages from somebody. */
@Command(
    name = "block",
    sortOptions = false,
    description = {
      "Take no more messages from somebody.",
      "",
      "They are told so when they send. What they sent before stays; delete it, or read it.",
      ""
    })
public final class BlockCommand implements Verb {

  @Parameters(paramLabel = "USER", description = "The sender's name.")
  private String user = "";

  private final Invocation invocation;

  public BlockCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    AccountName sender = Typed.accountName(user);
    return Client.use(invocation, client -> block(client, sender));
  }

  private ExitCode block(Client client, AccountName sender) throws IOException {
    client.identity();
    Client.granted(new BlockedSenders(client.connection(), client.home()).block(sender));
    invocation
        .reporter()
        .result(Map.of("blocked", sender.value()), "%s is blocked".formatted(sender));
    return ExitCode.DONE;
  }
}
