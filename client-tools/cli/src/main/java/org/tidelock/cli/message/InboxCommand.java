package org.tidelock.cli.message;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.client.Client;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.message.Inbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidelock inbox}: the messages that this account received, and what is new. */
@Command(
    name = "inbox",
    sortOptions = false,
    description = {
      "List the messages that you received, newest first: id, sender, type, and when each opens.",
      "",
      "What happened since this device last looked is said behind a message: that it arrived, that",
      "its sender confirmed the server's receipt, changed it, or that it was released.",
      ""
    })
public final class InboxCommand implements Verb {

  /** A full page of a queue. */
  private static final int ITEMS_AT_ONCE = 100;

  @Option(
      names = "--watch",
      description = "Tell what happens from now on, until Ctrl-C; one line each.")
  private boolean watch;

  @Option(names = "--all", description = "All of them, not only the newest hundred.")
  private boolean all;

  private final Invocation invocation;

  public InboxCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    if (watch && all) {
      throw CommandFailure.usage("--all lists messages and --watch tells of them; give one");
    }
    return Client.use(
        invocation, client -> watch ? new WatchInbox(invocation, client).run() : list(client));
  }

  private ExitCode list(Client client) throws IOException {
    client.identity();
    Inbox inbox = new Inbox(client.connection(), client.home());
    MessageList received = MessageList.fetch(inbox::received, all);
    List<Mailbox.Item> items = Client.granted(inbox.next(Duration.ZERO));
    tell(received, items);
    if (!items.isEmpty()) {
      invocation.console().out().flush();
      Client.granted(inbox.acknowledge(items));
    }
    if (items.size() == ITEMS_AT_ONCE) {
      invocation.reporter().note("more happened; tidelock inbox again tells it");
    }
    return ExitCode.DONE;
  }

  private void tell(MessageList received, List<Mailbox.Item> items) {
    Map<MessageId, List<Mailbox.Kind>> news =
        items.stream()
            .collect(
                Collectors.groupingBy(
                    Mailbox.Item::message,
                    Collectors.mapping(Mailbox.Item::kind, Collectors.toList())));
    List<Map<String, Object>> messages = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Messages.Summary summary : received.messages()) {
      List<String> kinds =
          news.getOrDefault(summary.envelope().message(), List.of()).stream()
              .map(Mailbox.Kind::text)
              .distinct()
              .toList();
      Map<String, Object> fields = MessageLine.document(summary);
      fields.put("news", kinds);
      messages.add(fields);
      lines.add(
          MessageLine.received(summary)
              + (kinds.isEmpty() ? "" : "  (new: %s)".formatted(String.join(", ", kinds))));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("messages", messages);
    document.put("more", received.more());
    invocation
        .reporter()
        .result(document, lines.isEmpty() ? "no messages" : String.join("\n", lines));
    if (received.more()) {
      invocation.reporter().note("there are older ones; --all lists them");
    }
  }
}
