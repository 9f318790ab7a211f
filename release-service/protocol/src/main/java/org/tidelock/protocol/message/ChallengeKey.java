package org.tidelock.protocol.message;

import java.util.Arrays;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.suite.AesGcm;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Sha256;

/**
 * The key that a puzzle hides and a release hands out: it takes the outer layer off a sealed
 * message key. Random, used for one message only, which is why its nonce can be constant.
 * Thread-safe until closed.
 */
public final class ChallengeKey implements AutoCloseable {

  /** How many bytes it has. */
  public static final int BYTES = AesGcm.KEY_BYTES;

  /** What a message's puzzle is for. */
  public static final String PUZZLE_PURPOSE = "message-key";

  private static final Bytes NONCE = Bytes.of(new byte[AesGcm.NONCE_BYTES]);

  private final SecretBytes secret;

  private ChallengeKey(SecretBytes secret) {
    this.secret = secret;
  }

  /**
   * Whether a puzzle with these properties is the one that hides this envelope's key.
   *
   * @param bits the length of its modulus
   * @param payloadBytes how many bytes it hides
   */
  public static boolean isHiddenFor(
      Envelope envelope, int bits, String purpose, Bytes context, int payloadBytes) {
    return bits == envelope.bits()
        && purpose.equals(PUZZLE_PURPOSE)
        && context.equals(envelope.hash())
        && payloadBytes == BYTES;
  }

  /** A fresh one. */
  public static ChallengeKey generate() {
    return new ChallengeKey(SecretBytes.random(BYTES));
  }

  /** The key of these bytes, which this takes over; empty if they are not as many as a key has. */
  public static Optional<ChallengeKey> of(SecretBytes secret) {
    if (secret.length() != BYTES) {
      secret.close();
      return Optional.empty();
    }
    return Optional.of(new ChallengeKey(secret));
  }

  /** What the server commits to: SHA-256 over the key and the message's id. */
  public Bytes commitment(MessageId message) {
    byte[] key = secret.revealCopy();
    try {
      return Sha256.of(
          new Canonical("tidelock/v1/challenge-commit")
              .bytes(message.value())
              .bytes(key)
              .encoded());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Encrypts a sealed message key once more, bound to its envelope. */
  public Bytes doubleEncrypt(Envelope envelope, Bytes encryptedKey) {
    return AesGcm.seal(
        secret, NONCE, associatedData(envelope), SecretBytes.takeOver(encryptedKey.toArray()));
  }

  /** Opens what {@link #doubleEncrypt} made; empty under another key or for another envelope. */
  public Optional<Bytes> open(Envelope envelope, Bytes doubleEncrypted) {
    return switch (AesGcm.open(secret, NONCE, associatedData(envelope), doubleEncrypted)) {
      case Opening.Opened(SecretBytes encryptedKey) ->
          Optional.of(Bytes.of(encryptedKey.revealCopy()));
      case Opening.Refused _ -> Optional.empty();
    };
  }

  /** A copy of the key: to hide in a puzzle, to seal at rest, to release. The caller wipes it. */
  public byte[] revealCopy() {
    return secret.revealCopy();
  }

  @Override
  public void close() {
    secret.close();
  }

  private static Bytes associatedData(Envelope envelope) {
    return new Canonical("tidelock/v1/double-encrypted").bytes(envelope.hash()).encoded();
  }
}
