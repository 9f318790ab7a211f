package org.tidelock.cli.message;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.client.Client;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;

/** Has a sender's decision taken, and says what it cannot undo. */
final class Decision {

  private static final String CANNOT_BE_RECALLED =
      "its puzzle was handed out and cannot be recalled: whoever has it opens the message by"
          + " solving, no later than before";

  private final Invocation invocation;
  private final String done;

  /**
   * A decision.
   *
   * @param done what it comes to, in words
   */
  Decision(Invocation invocation, String done) {
    this.invocation = invocation;
    this.done = done;
  }

  /** Signs and sends it. */
  interface Signing {
    Answer<Messages.Changed> send(Client client, MessageId message) throws IOException;
  }

  /** Takes it about the message that a person means. */
  ExitCode take(String typed, Signing signing) {
    MessageLookup.requireForm(typed);
    return Client.use(
        invocation,
        client -> {
          client.identity();
          MessageId message = new MessageLookup(client).sent(typed);
          tell(message, Client.granted(signing.send(client, message)));
          return ExitCode.DONE;
        });
  }

  private void tell(MessageId message, Messages.Changed changed) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("message", message.toString());
    document.put("state", changed.state().text());
    document.put("releaseAt", changed.releaseAt().toString());
    document.put("puzzlePublished", changed.puzzlePublished());
    invocation.reporter().result(document, "%s %s".formatted(message, done));
    if (changed.puzzlePublished()) {
      invocation.reporter().note(CANNOT_BE_RECALLED);
    }
  }
}
