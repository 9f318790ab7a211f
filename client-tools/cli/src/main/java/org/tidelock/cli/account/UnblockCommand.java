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

/** {@code tidelock unblock}: takes messages from somebody again. */
@Command(
    name = "unblock",
    sortOptions = false,
    description = {"Take messages from somebody again.", ""})
public final class UnblockCommand implements Verb {

  @Parameters(paramLabel = "USER", description = "The sender's name.")
  private String user = "";

  private final Invocation invocation;

  public UnblockCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    AccountName sender = Typed.accountName(user);
    return Client.use(invocation, client -> unblock(client, sender));
  }

  private ExitCode unblock(Client client, AccountName sender) throws IOException {
    client.identity();
    Client.granted(new BlockedSenders(client.connection(), client.home()).unblock(sender));
    invocation
        .reporter()
        .result(
            Map.of("unblocked", sender.value()),
            "%s may send you messages again".formatted(sender));
    return ExitCode.DONE;
  }
}
