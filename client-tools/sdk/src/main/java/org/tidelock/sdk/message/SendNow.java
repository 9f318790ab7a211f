package org.tidelock.sdk.message;

import java.io.IOException;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;

/** Has a message released now, before its time. */
public final class SendNow {

  private final SignedEvents events;

  public SendNow(ServerConnection connection, ClientHome home) {
    this.events = new SignedEvents(connection, home);
  }

  /** Signs the decision and sends it. */
  public Answer<Messages.Changed> sendNow(MessageId id) throws IOException {
    return events.decide(id, MessageEvent.Kind.SENT_NOW, (held, now) -> now);
  }
}
