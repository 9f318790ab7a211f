package org.tidelock.server.messages;

import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;

/** Shows messages to those they concern, and puzzles to whoever knows a message's id. */
public final class ShowMessage {

  private static final int PAGE = 100;

  private final MessageContext context;

  ShowMessage(MessageContext context) {
    this.context = context;
  }

  /** {@code GET /v1/messages?of=received|sent&after=ID}. */
  public Reply list(Call call) {
    String of = call.query("of").orElse("received");
    if (!of.equals("received") && !of.equals("sent")) {
      return new Reply.Refused(ProblemCode.INVALID_FIELD, "of must be received or sent");
    }
    Optional<MessageId> after = call.query("after").map(ShowMessage::id);
    AccountId account = call.principal().accountId();
    return context
        .database()
        .inTransaction(
            transaction -> {
              List<Messages.Summary> found =
                  context
                      .messages()
                      .list(transaction, account, of.equals("received"), after, PAGE + 1);
              return new Reply.Ok(
                  found.size() > PAGE
                      ? new Messages.Summaries(
                          found.subList(0, PAGE), List.of(found.get(PAGE - 1).envelope().message()))
                      : new Messages.Summaries(found, List.of()));
            });
  }

  /** {@code GET /v1/messages/:message}. */
  public Reply message(Call call) {
    return context
        .database()
        .inTransaction(
            transaction -> {
              StoredMessage stored = mine(transaction, call);
              Directory.Logged sender =
                  context
                      .keys()
                      .logged(
                          transaction,
                          stored.envelope().sender(),
                          stored.envelope().senderGeneration())
                      .orElseThrow();
              return new Reply.Ok(
                  new Messages.Message(
                      new Messages.Sealed(
                          stored.envelope(),
                          stored.signature(),
                          sender.entry(),
                          sender.proof(),
                          stored.receipt(),
                          stored.countersignature().stream().toList(),
                          context.messages().events(transaction, stored.id()),
                          stored.puzzle().stream().toList(),
                          stored.doubleEncrypted()),
                      stored.state(),
                      stored.opening().stream().toList()));
            });
  }

  /** {@code GET /v1/messages/:message/content/:part}. */
  public Reply content(Call call) {
    String part = call.path("part");
    if (!part.matches("0|[1-9][0-9]{0,8}")) {
      return new Reply.Refused(ProblemCode.NOT_FOUND);
    }
    return context
        .database()
        .inTransaction(
            transaction -> {
              MessageId id = mine(transaction, call).id();
              Optional<Bytes> content =
                  context.uploads().partOf(transaction, id, Long.parseLong(part));
              return content.isPresent()
                  ? new Reply.Ok(new Messages.Part(content.get()))
                  : new Reply.Refused(ProblemCode.NOT_FOUND);
            });
  }

  /** {@code GET /v1/puzzles/:message}, for anyone: nobody guesses an id. */
  public Reply puzzle(Call call) {
    return context
        .database()
        .inTransaction(
            transaction -> {
              Optional<StoredMessage> stored =
                  context.messages().find(transaction, id(call.path("message")));
              Optional<Bytes> puzzle = stored.flatMap(StoredMessage::puzzle);
              return puzzle.isPresent()
                  ? new Reply.Ok(puzzle(stored.get(), puzzle.get()))
                  : new Reply.Refused(ProblemCode.NOT_FOUND);
            });
  }

  private StoredMessage mine(Transaction transaction, Call call) {
    return context
        .messages()
        .find(transaction, id(call.path("message")))
        .filter(stored -> stored.concerns(call.principal().accountId()))
        .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND));
  }

  private static Messages.Puzzle puzzle(StoredMessage stored, Bytes encoded) {
    try {
      // Its modulus was looked at when it came; here it is only taken apart.
      Puzzle puzzle = Puzzle.decode(encoded, ModulusPolicy.STANDARD);
      return new Messages.Puzzle(
          stored.id(),
          stored.envelope().unlockAt(),
          puzzle.bits(),
          puzzle.modulus().toString(16),
          puzzle.squarings(),
          puzzle.base().toString(16),
          encoded);
    } catch (PuzzleFormatException e) {
      throw new IllegalStateException("a stored puzzle cannot be read", e);
    }
  }

  static MessageId id(String text) {
    try {
      return new MessageId(Base64Url.decode(text));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ProblemCode.NOT_FOUND);
    }
  }
}
