package org.tidelock.cli.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.sdk.message.Inbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidelock sent}: the messages that this account sent. */
@Command(
    name = "sent",
    sortOptions = false,
    description = {
      "List the messages that you sent, newest first, and what waits in this device's outbox.",
      ""
    })
public final class SentCommand implements Verb {

  @Option(names = "--all", description = "All of them, not only the newest hundred.")
  private boolean all;

  private final Invocation invocation;

  public SentCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    return Client.use(invocation, this::list);
  }

  private ExitCode list(Client client) throws IOException {
    client.identity();
    List<MessageId> outbox =
        client.home().pending().stream()
            .map(submission -> submission.envelope().message())
            .toList();
    MessageList sent = MessageList.fetch(new Inbox(client.connection(), client.home())::sent, all);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("messages", sent.messages().stream().map(MessageLine::document).toList());
    document.put("more", sent.more());
    document.put("outbox", outbox.stream().map(MessageId::toString).toList());
    List<String> lines = new ArrayList<>();
    outbox.forEach(id -> lines.add(id + "  in the outbox; tidelock send --pending sends it"));
    sent.messages().forEach(summary -> lines.add(MessageLine.sent(summary)));
    invocation
        .reporter()
        .result(document, lines.isEmpty() ? "you sent no messages" : String.join("\n", lines));
    if (sent.more()) {
      invocation.reporter().note("there are older ones; --all lists them");
    }
    return ExitCode.DONE;
  }
}
