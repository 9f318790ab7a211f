package org.tidelock.server.messages;

import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;

/**
 * Deletes a message and its content: its recipient at any time, its sender once it was cancelled. A
 * sender who wants another message unread cancels it first, which the recipient is told.
 */
public final class DeleteMessage {

  private final MessageContext context;

  DeleteMessage(MessageContext context) {
    this.context = context;
  }

  /** {@code DELETE /v1/messages/:message}. */
  public Reply serve(Call call) {
    MessageId id = ShowMessage.id(call.path("message"));
    AccountId account = call.principal().accountId();
    return context
        .database()
        .inTransaction(
            transaction -> {
              StoredMessage stored =
                  context
                      .messages()
                      .lock(transaction, id)
                      .filter(message -> message.concerns(account))
                      .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND));
              if (!stored.envelope().recipient().equals(account)
                  && stored.state() != Messages.State.CANCELLED) {
                return new Reply.Refused(
                    ProblemCode.CHANGE_REFUSED,
                    "the message is %s; its sender has to cancel it first"
                        .formatted(stored.state().text()));
              }
              context.messages().delete(transaction, id);
              return new Reply.NoContent();
            });
  }
}
