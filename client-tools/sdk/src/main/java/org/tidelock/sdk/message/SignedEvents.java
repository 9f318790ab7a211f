package org.tidelock.sdk.message;

import java.io.IOException;
import java.time.Instant;
import java.util.function.BinaryOperator;
import org.tidelock.protocol.message.EventLog;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;

/** Signs and sends what a sender decides about a message that is under way. */
final class SignedEvents {

  private final ServerConnection connection;
  private final OwnSession session;
  private final MessageProof proof;

  SignedEvents(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.session = new OwnSession(connection, home);
    this.proof = new MessageProof(connection.pin(), home);
  }

  /**
   * Decides.
   *
   * @param releaseAt from the time that holds so far and the present, the time that holds from now
   *     on
   */
  Answer<Messages.Changed> decide(
      MessageId id, MessageEvent.Kind kind, BinaryOperator<Instant> releaseAt) throws IOException {
    return switch (session.send(Request.get("/v1/messages/" + id), Messages.Message.class)) {
      case Answer.Refused<Messages.Message>(Problem problem) -> new Answer.Refused<>(problem);
      case Answer.Granted<Messages.Message>(Messages.Message message) -> {
        proof.check(message.sealed());
        EventLog log = new EventLog(message.sealed().events());
        Instant now = Instant.ofEpochMilli(connection.clock().millis());
        MessageEvent event = next(log, kind, now, releaseAt.apply(log.releaseAt(), now));
        yield session.send(
            Request.post("/v1/messages/%s/events".formatted(id), event), Messages.Changed.class);
      }
    };
  }

  private MessageEvent next(EventLog log, MessageEvent.Kind kind, Instant now, Instant releaseAt)
      throws IOException {
    StoredIdentity identity = session.identity();
    try (SigningKey signing = identity.signingKey()) {
      return log.head().next(kind, identity.entry().generation(), now, releaseAt, signing);
    }
  }
}
