package org.tidelock.server.messages;

import static org.tidelock.service.db.Transaction.array;
import static org.tidelock.service.db.Transaction.bytes;
import static org.tidelock.service.db.Transaction.instant;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.server.accounts.StoredJson;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.kek.KekId;

/** The tables {@code messages} and {@code message_events}, and the functions of the gate. */
public final class MessageStore {

  /** How long a message stays after it was released or cancelled. */
  private static final Duration RETENTION = Duration.ofDays(365);

  /** A row of the gate that is due: what locks it, and the sealed secrets. */
  public record Due(MessageId message, Bytes sealed, long decisions) {}

  /** How much an account has stored. */
  record Usage(long messages, long bytes, Optional<Long> ownMessages, Optional<Long> ownBytes) {

    /** How many messages are allowed: to this account alone, or to everybody. */
    long messagesAllowed(MessageLimits everybody) {
      return ownMessages.orElse(everybody.messages());
    }

    /** How many bytes are allowed: to this account alone, or to everybody. */
    long bytesAllowed(MessageLimits everybody) {
      return ownBytes.orElse(everybody.bytes());
    }
  }

  /** Inserts, unless the id is taken; what is returned waits, and tells. */
  BooleanSupplier insertLater(Transaction transaction, StoredMessage message, Instant expiresAt) {
    IntSupplier inserted =
        transaction.updateLater(
            """
            INSERT INTO messages
              (message_id, sender_id, sender_device, recipient_id, envelope, envelope_hash,
               signature, receipt, puzzle, double_encrypted, payload_bytes, state, release_at,
               event_head, sealed_key, challenge_key, encrypted_key, released_at, accepted_at,
               expires_at, kek_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                    $18, $19, $20, $21)
            ON CONFLICT DO NOTHING
            """,
            message.id().value(),
            message.envelope().sender().value(),
            message.envelope().device().value(),
            message.envelope().recipient().value(),
            WireJson.write(message.envelope()),
            message.receipt().envelopeHash(),
            message.signature().value(),
            WireJson.write(message.receipt()),
            message.puzzle().orElse(null),
            message.doubleEncrypted(),
            message.envelope().payloadBytes(),
            message.state().text(),
            message.releaseAt(),
            message.eventHead(),
            message.sealedKey().map(SecretsAtRest.SealedKey::sealed).orElse(null),
            message.opening().map(Messages.Opening::challengeKey).orElse(null),
            message.opening().map(Messages.Opening::encryptedKey).orElse(null),
            message.opening().map(Messages.Opening::releasedAt).orElse(null),
            message.receipt().acceptedAt(),
            expiresAt,
            message.sealedKey().map(key -> key.kek().value()).orElse(null));
    return () -> inserted.getAsInt() == 1;
  }

  void append(Transaction transaction, MessageEvent event) {
    transaction.send(
        "INSERT INTO message_events (message_id, sequence, event) VALUES ($1, $2, $3)",
        event.message().value(),
        event.sequence(),
        WireJson.write(event));
  }

  Optional<StoredMessage> find(Transaction transaction, MessageId id) {
    return findLater(transaction, id).get();
  }

  /** The same, asked for without waiting. */
  Supplier<Optional<StoredMessage>> findLater(Transaction transaction, MessageId id) {
    return transaction.oneLater(
        "SELECT * FROM messages WHERE message_id = $1", StoredMessage::read, id.value());
  }

  /** The message, which nobody else changes until the transaction ends. */
  Optional<StoredMessage> lock(Transaction transaction, MessageId id) {
    return transaction.one(
        "SELECT * FROM messages WHERE message_id = $1 FOR UPDATE", StoredMessage::read, id.value());
  }

  List<MessageEvent> events(Transaction transaction, MessageId id) {
    return transaction.all(
        "SELECT event FROM message_events WHERE message_id = $1 ORDER BY sequence",
        row -> StoredJson.read(row, "event", MessageEvent.class),
        id.value());
  }

  /** Messages to an account, or from it, newest first, behind {@code after}. */
  List<Messages.Summary> list(
      Transaction transaction,
      AccountId account,
      boolean received,
      Optional<MessageId> after,
      int most) {
    String mine = received ? "m.recipient_id" : "m.sender_id";
    return transaction.all(
        """
        SELECT m.envelope, m.state, m.release_at, s.name AS sender_name, r.name AS recipient_name
        FROM messages m
          LEFT JOIN accounts s ON s.account_id = m.sender_id
          LEFT JOIN accounts r ON r.account_id = m.recipient_id
        WHERE %s = $1 AND ($2::bytea IS NULL OR (m.accepted_at, m.message_id) < (
          SELECT accepted_at, message_id FROM messages WHERE message_id = $2))
        ORDER BY m.accepted_at DESC, m.message_id DESC LIMIT $3
        """
            .formatted(mine),
        row ->
            new Messages.Summary(
                StoredJson.read(row, "envelope", Envelope.class),
                name(row.getString("sender_name")),
                name(row.getString("recipient_name")),
                StoredMessage.state(row.getString("state")),
                instant(row, "release_at")),
        account.value(),
        after.map(MessageId::value).orElse(null),
        most);
  }

  void countersign(Transaction transaction, MessageId id, Signature countersignature) {
    transaction.send(
        "UPDATE messages SET countersignature = $2 WHERE message_id = $1",
        id.value(),
        countersignature.value());
  }

  /**
   * Moves the release behind the gate.
   *
   * @return how often that was done by now; empty if there is nothing of the message
   */
  Optional<Long> moveSecret(Transaction transaction, MessageEvent event) {
    return transaction
        .all(
            "SELECT move_message_secret($1, $2) AS decisions",
            row -> Optional.ofNullable(row.getLong("decisions")),
            event.message().value(),
            event.releaseAt())
        .getFirst();
  }

  /** Moves the release in the message, as it was moved behind the gate. */
  void move(
      Transaction transaction,
      MessageEvent event,
      long decisions,
      SecretsAtRest.SealedKey sealedKey) {
    transaction.send(
        """
        UPDATE messages
        SET release_at = $2, event_head = $3, decisions = $4, sealed_key = $5, kek_id = $6
        WHERE message_id = $1
        """,
        event.message().value(),
        event.releaseAt(),
        event.hash(),
        decisions,
        sealedKey.sealed(),
        sealedKey.kek().value());
  }

  /** Ends a message; what opens it is gone. */
  void cancel(Transaction transaction, MessageEvent event, Instant now) {
    transaction.send(
        """
        UPDATE messages SET state = 'cancelled', event_head = $2, sealed_key = NULL, kek_id = NULL,
          expires_at = $3
        WHERE message_id = $1
        """,
        event.message().value(),
        event.hash(),
        now.plus(RETENTION));
    forgetSecret(transaction, event.message());
  }

  boolean delete(Transaction transaction, MessageId id) {
    forgetSecret(transaction, id);
    return transaction.update("DELETE FROM messages WHERE message_id = $1", id.value()) == 1;
  }

  Usage usage(Transaction transaction, AccountId account) {
    return transaction
        .one(
            """
            SELECT messages, bytes, messages_allowed, bytes_allowed FROM message_usage
            WHERE account_id = $1
            """,
            MessageStore::usage,
            account.value())
        .orElse(new Usage(0, 0, Optional.empty(), Optional.empty()));
  }

  /**
   * What a message depends on when it is stored, in one look.
   *
   * @param usage what its sender has stored
   * @param blocked whether the recipient takes no messages from the sender
   * @param kek which KEK seals
   */
  record Circumstances(Usage usage, boolean blocked, KekId kek) {}

  Circumstances circumstances(Transaction transaction, AccountId sender, AccountId recipient) {
    return transaction
        .one(
            """
            SELECT coalesce(u.messages, 0) AS messages, coalesce(u.bytes, 0) AS bytes,
              u.messages_allowed, u.bytes_allowed,
              EXISTS (
                SELECT 1 FROM blocked_senders b
                WHERE b.account_id = $2 AND b.sender_id = $1) AS blocked,
              (SELECT kek_id FROM keks ORDER BY number DESC LIMIT 1) AS kek_id
            FROM (SELECT) AS one LEFT JOIN message_usage u ON u.account_id = $1
            """,
            row ->
                new Circumstances(
                    usage(row), row.getBoolean("blocked"), new KekId(bytes(row, "kek_id"))),
            sender.value(),
            recipient.value())
        .orElseThrow();
  }

  private static Usage usage(Row row) {
    return new Usage(
        row.getLong("messages"),
        row.getLong("bytes"),
        Optional.ofNullable(row.getLong("messages_allowed")),
        Optional.ofNullable(row.getLong("bytes_allowed")));
  }

  /** What this account alone is allowed; empty is what everybody is. */
  void allow(
      Transaction transaction, AccountId account, Optional<Long> messages, Optional<Long> bytes) {
    transaction.update(
        """
        INSERT INTO message_usage (account_id, messages, bytes, messages_allowed, bytes_allowed)
        VALUES ($1, 0, 0, $2, $3)
        ON CONFLICT (account_id) DO UPDATE SET messages_allowed = $2, bytes_allowed = $3
        """,
        account.value(),
        messages.orElse(null),
        bytes.orElse(null));
  }

  /**
   * Messages whose row key is sealed by another KEK than this, which nobody else changes until the
   * transaction ends.
   *
   * @param after messages with greater ids only
   */
  List<StoredMessage> lockSealedByOthersThan(
      Transaction transaction, KekId kek, Bytes after, int limit) {
    return transaction.all(
        """
        SELECT * FROM messages WHERE kek_id <> $1 AND message_id > $2 ORDER BY message_id LIMIT $3
        FOR UPDATE
        """,
        StoredMessage::read,
        kek.value(),
        after,
        limit);
  }

  void reseal(Transaction transaction, MessageId id, SecretsAtRest.SealedKey sealedKey) {
    transaction.send(
        "UPDATE messages SET sealed_key = $2, kek_id = $3 WHERE message_id = $1",
        id.value(),
        sealedKey.sealed(),
        sealedKey.kek().value());
  }

  void keepSecret(Transaction transaction, MessageId id, Instant releaseAt, Bytes sealed) {
    transaction.send("SELECT keep_message_secret($1, $2, $3)", id.value(), releaseAt, sealed);
  }

  private static void forgetSecret(Transaction transaction, MessageId id) {
    transaction.send("SELECT forget_message_secret($1)", id.value());
  }

  /**
   * Secrets that are due by the database's clock and by {@code nodeClock}, locked until the
   * transaction ends. What other nodes have locked is left out.
   */
  public List<Due> due(Transaction transaction, Instant nodeClock, int most) {
    return transaction.all(
        "SELECT message_id, sealed, decisions FROM due_message_secrets($1, $2)",
        row ->
            new Due(
                new MessageId(bytes(row, "message_id")),
                bytes(row, "sealed"),
                row.getLong("decisions")),
        nodeClock,
        most);
  }

  /** Messages that {@link #due} locked, by their ids. */
  public Map<MessageId, StoredMessage> dueMessages(Transaction transaction, List<Due> due) {
    return transaction
        .all(
            "SELECT * FROM messages WHERE message_id = ANY ($1)",
            StoredMessage::read,
            (Object) array(due.stream().map(row -> row.message().value())))
        .stream()
        .collect(Collectors.toMap(StoredMessage::id, message -> message));
  }

  /** Hands out what opens messages, and forgets their secrets. */
  public void release(
      Transaction transaction, Map<MessageId, Messages.Opening> openings, Instant now) {
    List<Map.Entry<MessageId, Messages.Opening>> all = List.copyOf(openings.entrySet());
    Buffer[] ids = array(all.stream().map(entry -> entry.getKey().value()));
    transaction.send(
        """
        UPDATE messages m SET state = 'released', challenge_key = o.challenge_key,
          encrypted_key = o.encrypted_key, released_at = $4, sealed_key = NULL, kek_id = NULL,
          expires_at = $5
        FROM unnest($1::bytea[], $2::bytea[], $3::bytea[])
          AS o (message_id, challenge_key, encrypted_key)
        WHERE m.message_id = o.message_id
        """,
        ids,
        array(all.stream().map(entry -> entry.getValue().challengeKey())),
        array(all.stream().map(entry -> entry.getValue().encryptedKey())),
        now,
        now.plus(RETENTION));
    transaction.send(
        "SELECT forget_message_secret(message_id) FROM unnest($1::bytea[]) AS o (message_id)",
        (Object) ids);
  }

  /** Notes that a row was edited; it is not tried again. */
  public void markDamaged(Transaction transaction, MessageId id) {
    transaction.send("UPDATE messages SET state = 'damaged' WHERE message_id = $1", id.value());
  }

  static Instant expiryOf(StoredMessage message) {
    return message.state() == Messages.State.RELEASED
        ? message.receipt().acceptedAt().plus(RETENTION)
        : Instant.ofEpochMilli(NEVER_MILLIS);
  }

  /** The year 9999; later ones are not written alike everywhere. */
  private static final long NEVER_MILLIS = 253_370_764_800_000L;

  private static AccountName name(String name) {
    return new AccountName(name == null ? "deleted-account" : name);
  }
}
