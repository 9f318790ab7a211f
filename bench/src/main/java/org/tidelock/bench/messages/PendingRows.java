package org.tidelock.bench.messages;

import static org.tidelock.bench.messages.BulkRows.bytes;
import static org.tidelock.bench.messages.BulkRows.number;
import static org.tidelock.bench.messages.BulkRows.text;
import static org.tidelock.bench.messages.BulkRows.time;
import static org.tidelock.bench.messages.BulkRows.truth;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageReceipt;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.server.messages.SecretsAtRest;
import org.tidelock.service.kek.Kek;
import org.tidelock.service.kek.KekFile;

/**
 * Rows of messages that wait for their time, as the server writes them when it takes one: a
 * challenge key of its own, doubly encrypted, sealed and committed to in a signed receipt. Only the
 * puzzle is not the message's own. Not thread-safe.
 */
final class PendingRows {

  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private final SigningKey server;
  private final SecretsAtRest secrets;
  private final Kek kek;
  private final Bytes puzzle;

  private final BulkRows messages =
      new BulkRows(
          "messages",
          bytes("message_id"),
          bytes("sender_id"),
          bytes("sender_device"),
          bytes("recipient_id"),
          bytes("envelope"),
          bytes("envelope_hash"),
          bytes("signature"),
          bytes("receipt"),
          bytes("puzzle"),
          bytes("double_encrypted"),
          number("payload_bytes"),
          text("state"),
          time("release_at"),
          bytes("event_head"),
          bytes("sealed_key"),
          time("accepted_at"),
          time("expires_at"),
          bytes("kek_id"));
  private final BulkRows events =
      new BulkRows("message_events", bytes("message_id"), number("sequence"), bytes("event"));
  private final BulkRows gate =
      new BulkRows(
          "gate.message_secrets", bytes("message_id"), time("release_at"), bytes("sealed"));
  private final BulkRows uploads =
      new BulkRows(
          "uploads",
          bytes("upload_id"),
          bytes("account_id"),
          bytes("message_id"),
          number("bytes"),
          bytes("hash"),
          truth("complete"),
          time("expires_at"));
  private final BulkRows parts =
      new BulkRows("upload_parts", bytes("upload_id"), number("part"), bytes("content"));

  /**
   * No rows so far.
   *
   * @param server the key of the server that takes them
   * @param keks of that server; the newest seals
   * @param puzzle what stands in all of them
   */
  PendingRows(SigningKey server, KekFile keks, Bytes puzzle) {
    this.server = server;
    this.secrets = new SecretsAtRest(keks);
    this.kek = keks.newest();
    this.puzzle = puzzle;
  }

  /** Adds the rows of one message. */
  void take(Messages.Submission submission) {
    Envelope envelope = submission.envelope();
    Bytes encryptedKey = submission.encryptedKey().getFirst();
    Bytes id = envelope.message().value();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (ChallengeKey key = ChallengeKey.generate()) {
      Bytes doubleEncrypted = key.doubleEncrypt(envelope, encryptedKey);
      MessageReceipt receipt =
          MessageReceipt.sign(
              server, envelope, puzzle, doubleEncrypted, key.commitment(envelope.message()), now);
      Bytes head = submission.created().hash();
      SecretsAtRest.Row sealed =
          secrets.seal(
              kek,
              new SecretsAtRest.Binding(envelope.message(), envelope.unlockAt(), head, 0),
              key,
              encryptedKey);
      messages.add(
          id,
          envelope.sender().value(),
          envelope.device().value(),
          envelope.recipient().value(),
          WireJson.write(envelope),
          receipt.envelopeHash(),
          submission.signature().value(),
          WireJson.write(receipt),
          puzzle,
          doubleEncrypted,
          envelope.payloadBytes(),
          Messages.State.WAITING.text(),
          envelope.unlockAt(),
          head,
          sealed.sealedKey().sealed(),
          now,
          NEVER,
          sealed.sealedKey().kek().value());
      events.add(id, submission.created().sequence(), WireJson.write(submission.created()));
      gate.add(id, envelope.unlockAt(), sealed.sealed());
    }
    Bytes content = submission.payload().getFirst();
    uploads.add(
        id,
        envelope.sender().value(),
        id,
        (long) content.length(),
        envelope.payloadHash(),
        true,
        NEVER);
    parts.add(id, 0L, content);
  }

  /** Inserts all rows that were taken, in one transaction. */
  void insert(Connection connection) throws SQLException {
    for (BulkRows table : new BulkRows[] {messages, events, gate, uploads, parts}) {
      table.insert(connection);
    }
    connection.commit();
  }
}
