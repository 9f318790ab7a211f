package org.tidelock.server.messages;

import static org.tidelock.service.db.Transaction.bytes;
import static org.tidelock.service.db.Transaction.instant;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessageReceipt;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.accounts.StoredJson;
import org.tidelock.service.kek.KekId;

/**
 * A row of the table {@code messages}.
 *
 * @param releaseAt the release time that holds now
 * @param eventHead the hash of the newest event
 * @param decisions how often the release was moved
 * @param sealedKey the row key, as long as the server keeps something that opens the message
 * @param opening what was handed out, once it was
 */
public record StoredMessage(
    Envelope envelope,
    Signature signature,
    MessageReceipt receipt,
    Optional<Signature> countersignature,
    Optional<Bytes> puzzle,
    Bytes doubleEncrypted,
    Messages.State state,
    Instant releaseAt,
    Bytes eventHead,
    long decisions,
    Optional<SecretsAtRest.SealedKey> sealedKey,
    Optional<Messages.Opening> opening) {

  /** Its id. */
  public MessageId id() {
    return envelope.message();
  }

  /** What its row key is bound to, if the row is as it was written. */
  SecretsAtRest.Binding binding() {
    return bindingAfter(decisions);
  }

  /** What its row key has to be bound to, after as many decisions as the gate has counted. */
  public SecretsAtRest.Binding bindingAfter(long counted) {
    return new SecretsAtRest.Binding(id(), releaseAt, eventHead, counted);
  }

  /** Whether the account sent it or is to read it. */
  boolean concerns(AccountId account) {
    return envelope.sender().equals(account) || envelope.recipient().equals(account);
  }

  /** What its sender is told, each time alike. */
  Messages.Accepted accepted() {
    return new Messages.Accepted(receipt, puzzle.stream().toList(), doubleEncrypted);
  }

  static StoredMessage read(Row row) {
    return new StoredMessage(
        StoredJson.read(row, "envelope", Envelope.class),
        new Signature(bytes(row, "signature")),
        StoredJson.read(row, "receipt", MessageReceipt.class),
        optional(row, "countersignature").map(Signature::new),
        optional(row, "puzzle"),
        bytes(row, "double_encrypted"),
        state(row.getString("state")),
        instant(row, "release_at"),
        bytes(row, "event_head"),
        row.getLong("decisions"),
        optional(row, "sealed_key")
            .map(key -> new SecretsAtRest.SealedKey(new KekId(bytes(row, "kek_id")), key)),
        optional(row, "challenge_key")
            .map(
                key ->
                    new Messages.Opening(
                        key, bytes(row, "encrypted_key"), instant(row, "released_at"))));
  }

  static Messages.State state(String text) {
    return Arrays.stream(Messages.State.values())
        .filter(state -> state.text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Bytes> optional(Row row, String column) {
    Buffer buffer = row.getBuffer(column);
    return buffer == null ? Optional.empty() : Optional.of(Bytes.of(buffer.getBytes()));
  }
}
