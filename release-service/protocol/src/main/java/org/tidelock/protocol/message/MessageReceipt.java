package org.tidelock.protocol.message;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * What the server commits to when it accepts a message: this puzzle, this double encryption, this
 * challenge key, released at this time. If it ever releases another key, or shows another puzzle,
 * the receipt proves it.
 *
 * @param puzzleHash SHA-256 of the puzzle's header and ciphertext; of nothing, if immediate
 * @param doubleEncryptedHash SHA-256 of the double encryption
 * @param challengeCommitment {@link ChallengeKey#commitment}
 * @param acceptedAt the server's time, from which the puzzle's work is reckoned
 * @param releaseAt when it will release the key; of no meaning if puzzle-only
 * @param signature by the server's signing key
 */
public record MessageReceipt(
    ServerId server,
    MessageId message,
    Bytes envelopeHash,
    Bytes puzzleHash,
    Bytes doubleEncryptedHash,
    Bytes challengeCommitment,
    Instant acceptedAt,
    Instant releaseAt,
    Signature signature) {

  public MessageReceipt {
    Envelope.requireLength("envelopeHash", envelopeHash, Sha256.BYTES);
    Envelope.requireLength("puzzleHash", puzzleHash, Sha256.BYTES);
    Envelope.requireLength("doubleEncryptedHash", doubleEncryptedHash, Sha256.BYTES);
    Envelope.requireLength("challengeCommitment", challengeCommitment, Sha256.BYTES);
  }

  /**
   * Signs, as the server.
   *
   * @param puzzle header and ciphertext; empty if there is none
   */
  public static MessageReceipt sign(
      SigningKey serverKey,
      Envelope envelope,
      Bytes puzzle,
      Bytes doubleEncrypted,
      Bytes challengeCommitment,
      Instant acceptedAt) {
    Bytes envelopeHash = envelope.hash();
    Bytes puzzleHash = Sha256.of(puzzle);
    Bytes doubleEncryptedHash = Sha256.of(doubleEncrypted);
    Canonical statement =
        statement(
            envelope.server(),
            envelope.message(),
            envelopeHash,
            puzzleHash,
            doubleEncryptedHash,
            challengeCommitment,
            acceptedAt,
            envelope.unlockAt());
    return new MessageReceipt(
        envelope.server(),
        envelope.message(),
        envelopeHash,
        puzzleHash,
        doubleEncryptedHash,
        challengeCommitment,
        acceptedAt,
        envelope.unlockAt(),
        serverKey.sign(statement));
  }

  /** Whether the server signed it. */
  public boolean isSigned(SigningPublicKey serverKey) {
    return serverKey.verifies(statement(), signature);
  }

  /** Confirms, as the sender's account, that this is the receipt that the sender was given. */
  public Signature countersign(SigningKey accountSigningKey) {
    return accountSigningKey.sign(countersigned());
  }

  /** Whether the sender's account confirmed it. */
  public boolean isCountersigned(SigningPublicKey accountSigningKey, Signature countersignature) {
    return accountSigningKey.verifies(countersigned(), countersignature);
  }

  /** What the server signs. */
  public Canonical statement() {
    return statement(
        server,
        message,
        envelopeHash,
        puzzleHash,
        doubleEncryptedHash,
        challengeCommitment,
        acceptedAt,
        releaseAt);
  }

  /** What the sender signs: the message and the hash of all the server signed. */
  public Canonical countersigned() {
    return new Canonical("tidelock/v1/countersignature")
        .bytes(server.value())
        .bytes(message.value())
        .bytes(Sha256.of(statement().encoded()));
  }

  private static Canonical statement(
      ServerId server,
      MessageId message,
      Bytes envelopeHash,
      Bytes puzzleHash,
      Bytes doubleEncryptedHash,
      Bytes challengeCommitment,
      Instant acceptedAt,
      Instant releaseAt) {
    return new Canonical("tidelock/v1/message-receipt")
        .bytes(server.value())
        .bytes(message.value())
        .bytes(envelopeHash)
        .bytes(puzzleHash)
        .bytes(doubleEncryptedHash)
        .bytes(challengeCommitment)
        .integer(acceptedAt.toEpochMilli())
        .integer(releaseAt.toEpochMilli());
  }
}
