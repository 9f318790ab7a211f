package org.tidelock.bench.messages;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.message.Envelope;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessageKey;
import org.tidelock.protocol.message.MessagePayload;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.home.StoredIdentity;

/**
 * Messages as a client submits them, made without its home and without a request: short texts, to
 * be released at their time, behind a puzzle of the server's. Thread-safe.
 */
final class Submissions {

  /** The length of the puzzles' moduli. */
  static final int BITS = 2048;

  private static final byte[] TEXT =
      "Meet me under the clock at noon.".getBytes(StandardCharsets.UTF_8);

  private final ServerId server;

  Submissions(ServerId server) {
    this.server = server;
  }

  /** An encrypted content and its key. */
  record Content(MessageKey key, Bytes encrypted, Bytes hash) {

    static Content seal() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MessagePayload.Sealed sealed =
          MessagePayload.seal(new ByteArrayInputStream(TEXT), TEXT.length, out);
      return new Content(sealed.key(), Bytes.of(out.toByteArray()), sealed.hash());
    }
  }

  /** Seals a message from {@code sender} to whom the keys belong. */
  Messages.Submission seal(
      StoredIdentity sender, KeyLogEntry recipient, Content content, Instant unlockAt) {
    MessageId id = MessageId.random();
    Envelope open =
        new Envelope(
            recipient.suite(),
            server,
            id,
            sender.entry().account(),
            sender.entry().generation(),
            sender.device(),
            recipient.account(),
            recipient.generation(),
            "text/plain",
            id.value(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            unlockAt.truncatedTo(ChronoUnit.MILLIS),
            Policy.AT_UNLOCK,
            PuzzleBy.SERVER,
            BITS,
            Profile.FASTEST_CPU.name(),
            content.encrypted().length(),
            content.hash(),
            content.key().commitment(id),
            Envelope.NOT_SEALED);
    Bytes encryptedKey = content.key().seal(recipient.encryptionKey(), open);
    Envelope envelope = open.around(encryptedKey);
    try (SigningKey signing = sender.signingKey()) {
      return new Messages.Submission(
          envelope,
          envelope.sign(signing),
          MessageEvent.created(envelope, signing),
          List.of(content.encrypted()),
          List.of(encryptedKey),
          List.of());
    }
  }
}
