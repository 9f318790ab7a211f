package org.tidelock.server.messages;

import static org.tidelock.service.db.Transaction.bytes;
import static org.tidelock.service.db.Transaction.instant;

import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.service.db.Transaction;

/** The tables {@code uploads} and {@code upload_parts}. */
final class UploadStore {

  /** An upload that no message has taken yet. */
  record Upload(Bytes id, long bytes, Bytes hash, boolean complete, Instant expiresAt) {

    /** How many parts it has when it is whole. */
    long parts() {
      return Math.ceilDiv(bytes, Messages.PART_BYTES);
    }

    /** How long a part has to be. */
    long partBytes(long part) {
      return Math.min(Messages.PART_BYTES, bytes - part * Messages.PART_BYTES);
    }
  }

  boolean begin(
      Transaction transaction, AccountId account, Messages.Upload upload, Instant expiresAt) {
    return transaction.update(
            """
            INSERT INTO uploads (upload_id, account_id, bytes, hash, complete, expires_at)
            VALUES ($1, $2, $3, $4, false, $5) ON CONFLICT DO NOTHING
            """,
            upload.upload(),
            account.value(),
            upload.bytes(),
            upload.hash(),
            expiresAt)
        == 1;
  }

  /** An account's upload, which nobody else changes until the transaction ends. */
  Optional<Upload> lock(Transaction transaction, AccountId account, Bytes id) {
    return transaction.one(
        """
        SELECT * FROM uploads WHERE upload_id = $1 AND account_id = $2 AND message_id IS NULL
        FOR UPDATE
        """,
        row ->
            new Upload(
                bytes(row, "upload_id"),
                row.getLong("bytes"),
                bytes(row, "hash"),
                row.getBoolean("complete"),
                instant(row, "expires_at")),
        id,
        account.value());
  }

  /** Bytes of uploads that no message has taken. */
  long pendingBytes(Transaction transaction, AccountId account) {
    return transaction
        .one(
            """
            SELECT COALESCE(sum(bytes), 0)::bigint AS pending FROM uploads
            WHERE account_id = $1 AND message_id IS NULL
            """,
            row -> row.getLong("pending"),
            account.value())
        .orElseThrow();
  }

  /** How many parts are there, from the first on without a gap. */
  long received(Transaction transaction, Bytes id) {
    return transaction
        .one(
            """
            SELECT COALESCE(max(part) + 1, 0) AS parts FROM upload_parts WHERE upload_id = $1
            """,
            row -> row.getLong("parts"),
            id)
        .orElseThrow();
  }

  void putPart(Transaction transaction, Bytes id, long part, Bytes content) {
    transaction.send(
        """
        INSERT INTO upload_parts (upload_id, part, content) VALUES ($1, $2, $3)
        ON CONFLICT (upload_id, part) DO NOTHING
        """,
        id,
        part,
        content);
  }

  Optional<Bytes> part(Transaction transaction, Bytes id, long part) {
    return transaction.one(
        "SELECT content FROM upload_parts WHERE upload_id = $1 AND part = $2",
        row -> bytes(row, "content"),
        id,
        part);
  }

  Optional<Bytes> partOf(Transaction transaction, MessageId message, long part) {
    return transaction.one(
        """
        SELECT p.content FROM upload_parts p JOIN uploads u USING (upload_id)
        WHERE u.message_id = $1 AND p.part = $2
        """,
        row -> bytes(row, "content"),
        message.value(),
        part);
  }

  void complete(Transaction transaction, Bytes id) {
    transaction.update("UPDATE uploads SET complete = true WHERE upload_id = $1", id);
  }

  void remove(Transaction transaction, Bytes id) {
    transaction.update("DELETE FROM uploads WHERE upload_id = $1", id);
  }

  /** Removes an account's uploads of one content that no message has taken. */
  void discard(Transaction transaction, AccountId account, Bytes hash) {
    transaction.update(
        "DELETE FROM uploads WHERE account_id = $1 AND hash = $2 AND message_id IS NULL",
        account.value(),
        hash);
  }

  /** Makes a whole upload a message's content. */
  boolean take(
      Transaction transaction, AccountId account, MessageId message, long length, Bytes hash) {
    return transaction.update(
            """
            UPDATE uploads SET message_id = $1, expires_at = 'infinity'
            WHERE upload_id = (
              SELECT upload_id FROM uploads
              WHERE account_id = $2 AND hash = $3 AND bytes = $4 AND complete
                AND message_id IS NULL
              LIMIT 1 FOR UPDATE)
            """,
            message.value(),
            account.value(),
            hash,
            length)
        == 1;
  }

  /** Keeps a content that came with its message. */
  void keepInline(
      Transaction transaction, AccountId account, MessageId message, Bytes content, Bytes hash) {
    transaction.send(
        """
        INSERT INTO uploads (upload_id, account_id, message_id, bytes, hash, complete, expires_at)
        VALUES ($1, $2, $1, $3, $4, true, 'infinity')
        """,
        message.value(),
        account.value(),
        (long) content.length(),
        hash);
    putPart(transaction, message.value(), 0, content);
  }
}
