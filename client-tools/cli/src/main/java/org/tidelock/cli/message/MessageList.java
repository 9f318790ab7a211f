package org.tidelock.cli.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelock.cli.client.Client;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;

/**
 * Messages as a server lists them, newest first.
 *
 * @param more whether there are older ones that were not asked for
 */
record MessageList(List<Messages.Summary> messages, boolean more) {

  /** One of the two lists of an account. */
  interface Pages {
    Answer<Messages.Summaries> page(Optional<MessageId> after) throws IOException;
  }

  /** Asks for the newest hundred, or for all. */
  static MessageList fetch(Pages pages, boolean all) throws IOException {
    List<Messages.Summary> messages = new ArrayList<>();
    Optional<MessageId> after = Optional.empty();
    do {
      Messages.Summaries page = Client.granted(pages.page(after));
      messages.addAll(page.messages());
      after = page.next().stream().findFirst();
    } while (all && after.isPresent());
    return new MessageList(messages, after.isPresent());
  }
}
