package org.tidelock.cli.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.client.Client;
import org.tidelock.cli.client.Refusals;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.message.SendMessage;

/** Sends again what may not have reached the server. */
final class Outbox {

  private final Invocation invocation;
  private final Client client;

  Outbox(Invocation invocation, Client client) {
    this.invocation = invocation;
    this.client = client;
  }

  /** Sends all of it; an error if the server refused any. */
  ExitCode send() throws IOException {
    client.identity();
    List<MessageId> waiting = waiting();
    List<Answer<Messages.Accepted>> answers =
        new SendMessage(client.connection(), client.home()).sendPending();
    List<String> sent = new ArrayList<>();
    List<Map<String, Object>> refused = new ArrayList<>();
    for (int i = 0; i < waiting.size(); i++) {
      switch (answers.get(i)) {
        case Answer.Granted<Messages.Accepted> granted -> sent.add(waiting.get(i).toString());
        case Answer.Refused<Messages.Accepted>(Problem problem) ->
            refused.add(refusal(waiting.get(i), problem));
      }
    }
    tell(sent, refused);
    return refused.isEmpty() ? ExitCode.DONE : ExitCode.ERROR;
  }

  private List<MessageId> waiting() throws IOException {
    return client.home().pending().stream()
        .map(submission -> submission.envelope().message())
        .toList();
  }

  private Map<String, Object> refusal(MessageId message, Problem problem) throws IOException {
    boolean stays = waiting().contains(message);
    String reason = Refusals.of(problem).getMessage();
    String where = stays ? "stays in the outbox" : "left the outbox unsent";
    invocation.reporter().error("message %s %s: %s".formatted(message, where, reason));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", message.toString());
    fields.put("reason", reason);
    fields.put("pending", stays);
    return fields;
  }

  private void tell(List<String> sent, List<Map<String, Object>> refused) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("sent", sent);
    document.put("refused", refused);
    if (invocation.options().json() || !sent.isEmpty()) {
      invocation.reporter().result(document, String.join("\n", sent));
    }
    if (sent.isEmpty() && refused.isEmpty()) {
      invocation.reporter().note("nothing waits in the outbox");
    }
  }
}
