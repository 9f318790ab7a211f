package org.tidelock.server.messages;

import java.util.List;
import java.util.Optional;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Reply;

/**
 * The accounts that one takes no messages from. What they sent before stays, and so does what they
 * may still decide about it; what they send from now on is refused and not stored.
 */
public final class BlockSenders {

  private final MessageContext context;

  BlockSenders(MessageContext context) {
    this.context = context;
  }

  /** {@code GET /v1/blocked}. */
  public Reply list(Call call) {
    return context
        .database()
        .inTransaction(
            transaction ->
                new Reply.Ok(
                    new Messages.Blocked(
                        context.blocked().names(transaction, call.principal().accountId()))));
  }

  /** {@code PUT /v1/blocked/:name}. Done twice, it changes nothing more. */
  public Reply block(Call call) {
    return change(call, this::block);
  }

  /** {@code DELETE /v1/blocked/:name}. */
  public Reply unblock(Call call) {
    return change(
        call,
        (transaction, owner, sender) ->
            context.blocked().remove(transaction, owner, sender)
                ? new Reply.NoContent()
                : new Reply.Refused(ProblemCode.NOT_FOUND));
  }

  private interface Change {
    Reply of(Transaction transaction, AccountId owner, AccountId sender);
  }

  private Reply change(Call call, Change change) {
    AccountId owner = call.principal().accountId();
    Optional<AccountName> name = name(call);
    return context
        .database()
        .inTransaction(
            transaction -> {
              context.blocked().lock(transaction, owner);
              Optional<AccountId> sender =
                  name.flatMap(known -> context.blocked().named(transaction, known));
              return sender.isPresent()
                  ? change.of(transaction, owner, sender.get())
                  : new Reply.Refused(ProblemCode.NOT_FOUND);
            });
  }

  private Reply block(Transaction transaction, AccountId owner, AccountId sender) {
    if (sender.equals(owner)) {
      return new Reply.Refused(ProblemCode.INVALID_FIELD, "nobody blocks themselves");
    }
    List<AccountName> before = context.blocked().names(transaction, owner);
    if (before.size() >= Messages.MAX_BLOCKED) {
      return new Reply.Refused(
          ProblemCode.INVALID_FIELD,
          "%d senders are blocked, which is the most; unblock one first".formatted(before.size()));
    }
    context.blocked().add(transaction, owner, sender);
    return new Reply.NoContent();
  }

  private static Optional<AccountName> name(Call call) {
    try {
      return Optional.of(new AccountName(call.path("name")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
