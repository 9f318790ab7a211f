package org.tidelock.cli.account;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.sdk.message.BlockedSenders;
import picocli.CommandLine.Command;

/** {@code tidelock blocked}: whose messages one does not take. */
@Command(
    name = "blocked",
    sortOptions = false,
    description = {"List whose messages you do not take.", ""})
public final class BlockedCommand implements Verb {

  private final Invocation invocation;

  public BlockedCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::list);
  }

  private ExitCode list(Client client) throws IOException {
    client.identity();
    List<String> names =
        Client.granted(new BlockedSenders(client.connection(), client.home()).list()).stream()
            .map(AccountName::value)
            .toList();
    invocation
        .reporter()
        .result(
            Map.of("blocked", names),
            names.isEmpty() ? "nobody is blocked" : String.join("\n", names));
    return ExitCode.DONE;
  }
}
