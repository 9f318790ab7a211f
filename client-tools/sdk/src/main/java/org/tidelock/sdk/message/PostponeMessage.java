package org.tidelock.sdk.message;

import java.io.IOException;
import java.time.Instant;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;

/** Moves a message's release to a later time. Its puzzle stays as it is, and the answer says so. */
public final class PostponeMessage {

  private final SignedEvents events;

  public PostponeMessage(ServerConnection connection, ClientHome home) {
    this.events = new SignedEvents(connection, home);
  }

  /** Signs the decision and sends it. */
  public Answer<Messages.Changed> postpone(MessageId id, Instant releaseAt) throws IOException {
    return events.decide(id, MessageEvent.Kind.POSTPONED, (held, now) -> releaseAt);
  }
}
