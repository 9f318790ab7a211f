package org.tidelock.server.messages;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.Reply;

/**
 * Takes a long encrypted content in parts, in order, before its message comes. An upload that
 * breaks off goes on where it stopped, or expires and leaves nothing.
 */
public final class UploadContent {

  private static final Duration RETENTION = Duration.ofHours(24);

  private final MessageContext context;

  UploadContent(MessageContext context) {
    this.context = context;
  }

  /** {@code POST /v1/uploads}: begins one, or tells how far it came. */
  public Reply begin(Call call, Messages.Upload request) {
    AccountId account = call.principal().accountId();
    if (request.bytes() > context.limits().payloadBytes()) {
      return new Reply.Refused(
          ProblemCode.TOO_LARGE,
          "the content has %d bytes; at most %d allowed"
              .formatted(request.bytes(), context.limits().payloadBytes()));
    }
    return context
        .database()
        .inTransaction(
            transaction -> {
              Instant expiresAt = context.now().plus(RETENTION);
              if (context.uploads().begin(transaction, account, request, expiresAt)) {
                requireRoom(transaction, account);
              }
              UploadStore.Upload upload = lock(transaction, account, request.upload());
              if (upload.bytes() != request.bytes() || !upload.hash().equals(request.hash())) {
                throw new Refusal(ProblemCode.VERSION_CONFLICT, "the upload is of other content");
              }
              return new Reply.Ok(state(transaction, upload));
            });
  }

  /** {@code PUT /v1/uploads/:upload/parts/:part}: the next part, or one that is there already. */
  public Reply put(Call call, Messages.Part part) {
    long number = number(call);
    return context
        .database()
        .inTransaction(
            transaction -> {
              UploadStore.Upload upload =
                  lock(transaction, call.principal().accountId(), uploadId(call));
              if (number > context.uploads().received(transaction, upload.id())
                  || number >= upload.parts()) {
                throw new Refusal(
                    ProblemCode.UPLOAD_INCOMPLETE,
                    "part %d came before its turn, or is one too many".formatted(number));
              }
              if (part.content().length() != upload.partBytes(number)) {
                throw new Refusal(
                    ProblemCode.INVALID_FIELD,
                    "part %d has %d bytes; %d required"
                        .formatted(number, part.content().length(), upload.partBytes(number)));
              }
              context.uploads().putPart(transaction, upload.id(), number, part.content());
              return new Reply.Ok(state(transaction, upload));
            });
  }

  /** {@code POST /v1/uploads/:upload/completion}: all parts are there, and are what was said. */
  public Reply complete(Call call) {
    AccountId account = call.principal().accountId();
    return context
        .database()
        .inTransaction(
            transaction -> {
              UploadStore.Upload upload = lock(transaction, account, uploadId(call));
              if (upload.complete()) {
                return new Reply.Ok(state(transaction, upload));
              }
              if (context.uploads().received(transaction, upload.id()) < upload.parts()) {
                return new Reply.Refused(ProblemCode.UPLOAD_INCOMPLETE);
              }
              if (!hash(transaction, upload).equals(upload.hash())) {
                context.uploads().remove(transaction, upload.id());
                return new Reply.Refused(
                    ProblemCode.UPLOAD_INCOMPLETE,
                    "the parts have another hash than was said; the upload was removed");
              }
              context.uploads().complete(transaction, upload.id());
              return new Reply.Ok(
                  new Messages.UploadState(upload.parts(), true, upload.expiresAt()));
            });
  }

  private Bytes hash(Transaction transaction, UploadStore.Upload upload) {
    MessageDigest digest = Sha256.digest();
    for (long part = 0; part < upload.parts(); part++) {
      digest.update(context.uploads().part(transaction, upload.id(), part).orElseThrow().toArray());
    }
    return Bytes.of(digest.digest());
  }

  private void requireRoom(Transaction transaction, AccountId account) {
    MessageStore.Usage usage = context.messages().usage(transaction, account);
    long bytes = context.uploads().pendingBytes(transaction, account) + usage.bytes();
    long bytesAllowed = usage.bytesAllowed(context.limits());
    if (bytes > bytesAllowed) {
      throw new Refusal(
          ProblemCode.QUOTA_FULL,
          "%d bytes would be kept for this account; at most %d allowed"
              .formatted(bytes, bytesAllowed));
    }
  }

  private UploadStore.Upload lock(Transaction transaction, AccountId account, Bytes id) {
    return context
        .uploads()
        .lock(transaction, account, id)
        .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND));
  }

  private Messages.UploadState state(Transaction transaction, UploadStore.Upload upload) {
    return new Messages.UploadState(
        context.uploads().received(transaction, upload.id()),
        upload.complete(),
        upload.expiresAt());
  }

  private static Bytes uploadId(Call call) {
    return call.pathBytes("upload", MessageId.BYTES);
  }

  private static long number(Call call) {
    String part = call.path("part");
    if (!part.matches("0|[1-9][0-9]{0,8}")) {
      throw new Refusal(ProblemCode.NOT_FOUND);
    }
    return Long.parseLong(part);
  }
}
