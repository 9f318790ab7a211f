package org.tidelock.sdk.message;

import java.io.IOException;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;

/**
 * Takes a message back before its release. Who has its puzzle can still solve it, and the answer
 * says so.
 */
public final class CancelMessage {

  private final SignedEvents events;

  public CancelMessage(ServerConnection connection, ClientHome home) {
    this.events = new SignedEvents(connection, home);
  }

  /** Signs the decision and sends it. */
  public Answer<Messages.Changed> cancel(MessageId id) throws IOException {
    return events.decide(id, MessageEvent.Kind.CANCELLED, (held, now) -> held);
  }
}
