package org.tidelock.protocol.message;

import java.util.Arrays;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.protocol.suite.Hpke;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Sha256;

/**
 * The key that encrypts one message's content: the file key of the age file that the content is.
 * Random, of 128 bits, used once. Thread-safe until closed.
 */
public final class MessageKey implements AutoCloseable {

  /** How many bytes it has, as age says. */
  public static final int BYTES = 16;

  private static final Bytes NO_DATA = Bytes.of(new byte[0]);

  private final SecretBytes secret;

  private MessageKey(SecretBytes secret) {
    this.secret = secret;
  }

  /** The key of these bytes, which this takes over: one that was kept. */
  public static MessageKey of(SecretBytes secret) {
    if (secret.length() != BYTES) {
      throw new IllegalArgumentException(
          "message key has %d bytes; %d required".formatted(secret.length(), BYTES));
    }
    return new MessageKey(secret);
  }

  /** What stands for the key in the envelope: SHA-256 over it and the message's id. */
  public Bytes commitment(MessageId message) {
    byte[] key = secret.revealCopy();
    try {
      return Sha256.of(
          new Canonical("tidelock/v1/message-key-commit")
              .bytes(message.value())
              .bytes(key)
              .encoded());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Seals the key to the recipient, for this envelope only.
   *
   * @param envelope whose {@code encryptedKeyHash} is not known yet
   */
  public Bytes seal(EncryptionPublicKey recipient, Envelope envelope) {
    return Hpke.seal(recipient, envelope.sealInfo(), NO_DATA, secret);
  }

  /** Opens what {@link #seal} made; empty if it is another's, or of another envelope. */
  static Optional<MessageKey> open(EncryptionKey recipient, Envelope envelope, Bytes sealed) {
    return switch (Hpke.open(recipient, envelope.sealInfo(), NO_DATA, sealed)) {
      case Opening.Opened(SecretBytes plaintext) when plaintext.length() == BYTES ->
          Optional.of(new MessageKey(plaintext));
      case Opening.Opened(SecretBytes plaintext) -> {
        plaintext.close();
        yield Optional.empty();
      }
      case Opening.Refused _ -> Optional.empty();
    };
  }

  /** A copy of the key, to keep it encrypted until the message was taken. The caller wipes it. */
  public byte[] revealCopy() {
    return secret.revealCopy();
  }

  @Override
  public void close() {
    secret.close();
  }
}
