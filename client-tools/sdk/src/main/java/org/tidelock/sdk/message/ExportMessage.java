package org.tidelock.sdk.message;

import java.io.IOException;
import java.io.OutputStream;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.wire.ExportedMessage;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.account.OwnSession;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;

/**
 * Exports a message to one file with everything that opens it but time and the recipient's key, so
 * that no server is needed any more.
 */
public final class ExportMessage {

  private final OwnSession session;
  private final MessageProof proof;
  private final SealedContent contents;

  public ExportMessage(ServerConnection connection, ClientHome home) {
    this.session = new OwnSession(connection, home);
    this.proof = new MessageProof(connection.pin(), home);
    this.contents = new SealedContent(session);
  }

  /**
   * Writes the file.
   *
   * @return how long the encrypted content in it is; what was written before a refusal is of no use
   */
  public Answer<Long> export(MessageId id, OutputStream out) throws IOException {
    return switch (session.send(Request.get("/v1/messages/" + id), Messages.Message.class)) {
      case Answer.Refused<Messages.Message>(Problem problem) -> new Answer.Refused<>(problem);
      case Answer.Granted<Messages.Message>(Messages.Message message) -> {
        proof.check(message.sealed());
        ExportedMessage.write(message.sealed(), out);
        yield contents.download(message.sealed().envelope(), out);
      }
    };
  }
}
