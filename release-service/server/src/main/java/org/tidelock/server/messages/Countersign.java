package org.tidelock.server.messages;

import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;

/** Takes the sender's word that the receipt is the one that was given. */
public final class Countersign {

  private final MessageContext context;

  Countersign(MessageContext context) {
    this.context = context;
  }

  /** {@code POST /v1/messages/:message/countersignature}. */
  public Reply serve(Call call, Messages.Countersigned request) {
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
                      .filter(message -> message.envelope().sender().equals(account))
                      .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND));
              if (stored.countersignature().isPresent()) {
                return new Reply.NoContent();
              }
              SigningPublicKey sender =
                  context
                      .keys()
                      .ofGeneration(transaction, account, stored.envelope().senderGeneration())
                      .orElseThrow()
                      .signingKey();
              boolean signed =
                  context
                      .cpu()
                      .runBriefly(
                          () -> stored.receipt().isCountersigned(sender, request.signature()));
              if (!signed) {
                return new Reply.Refused(ProblemCode.ENVELOPE_REFUSED);
              }
              context.messages().countersign(transaction, id, request.signature());
              context
                  .mailboxes()
                  .enqueue(
                      transaction,
                      stored.envelope().recipient(),
                      Mailbox.Kind.COUNTERSIGNED,
                      id,
                      context.now());
              return new Reply.NoContent();
            });
  }
}
