package org.tidelock.protocol.message;

import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Sha256;

/**
 * The one way from a challenge key to a message key, whether the key was released or solved for:
 *
 * <ol>
 *   <li>the challenge key is the one that the server committed to in its receipt;
 *   <li>under it the double encryption, the one in the receipt, opens to the encrypted key;
 *   <li>that is the encrypted key whose hash the sender signed.
 * </ol>
 *
 * <p>Then a private key of the recipient opens it, to the message key that the sender committed to.
 */
public final class OpeningChecks {

  private final Envelope envelope;
  private final MessageReceipt receipt;
  private final Bytes doubleEncrypted;

  /** Checks for one message. Envelope and receipt are taken as signed: that is looked at before. */
  public OpeningChecks(Envelope envelope, MessageReceipt receipt, Bytes doubleEncrypted) {
    this.envelope = envelope;
    this.receipt = receipt;
    this.doubleEncrypted = doubleEncrypted;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** All checks hold. The caller closes the key. */
    record Opened(MessageKey key) implements Outcome {}

    /** One did not. */
    record Refused(Fault fault) implements Outcome {}
  }

  /** What can be wrong, and who is to blame. */
  public enum Fault {
    OTHER_RECEIPT("the receipt is of another envelope; it proves nothing about this message"),
    NO_CHALLENGE_KEY("what was given is no challenge key: it has another length"),
    OTHER_CHALLENGE_KEY(
        "the challenge key is not the one that the server committed to; the server's receipt proves"
            + " it"),
    OTHER_DOUBLE_ENCRYPTION(
        "the double encryption is not the one of the server's receipt; the receipt proves it"),
    DOES_NOT_OPEN(
        "the double encryption does not open under the key that the server committed to; the"
            + " server's receipt proves it"),
    OTHER_RELEASED_KEY(
        "the encrypted key released is not the one that the double encryption holds; the server's"
            + " receipt proves it"),
    NOT_THE_SENDERS_KEY("the encrypted key inside is not the one whose hash the sender signed"),
    NOT_FOR_THIS_RECIPIENT("the message key is not sealed to this recipient's key"),
    OTHER_MESSAGE_KEY("the message key is not the one that the sender committed to");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    /** What is wrong, in words. */
    public String text() {
      return text;
    }
  }

  /**
   * Opens with a key that the server released, with the encrypted key.
   *
   * @param recipient the private keys that the recipient has of the generation sealed to: more than
   *     one if a renewal was interrupted, and then only one of them was ever published
   */
  public Outcome released(
      SecretBytes challengeKey, Bytes encryptedKey, List<EncryptionKey> recipient) {
    return open(challengeKey, Optional.of(encryptedKey), recipient);
  }

  /**
   * Opens with a key that came out of the puzzle.
   *
   * @param recipient as {@link #released}
   */
  public Outcome solved(SecretBytes challengeKey, List<EncryptionKey> recipient) {
    return open(challengeKey, Optional.empty(), recipient);
  }

  private Outcome open(
      SecretBytes challengeKey, Optional<Bytes> released, List<EncryptionKey> recipient) {
    if (!receipt.envelopeHash().equals(envelope.hash())
        || !receipt.message().equals(envelope.message())) {
      return new Outcome.Refused(Fault.OTHER_RECEIPT);
    }
    Optional<ChallengeKey> found = ChallengeKey.of(challengeKey);
    if (found.isEmpty()) {
      return new Outcome.Refused(Fault.NO_CHALLENGE_KEY);
    }
    try (ChallengeKey key = found.get()) {
      if (!key.commitment(envelope.message()).equals(receipt.challengeCommitment())) {
        return new Outcome.Refused(Fault.OTHER_CHALLENGE_KEY);
      }
      if (!Sha256.of(doubleEncrypted).equals(receipt.doubleEncryptedHash())) {
        return new Outcome.Refused(Fault.OTHER_DOUBLE_ENCRYPTION);
      }
      Optional<Bytes> encryptedKey = key.open(envelope, doubleEncrypted);
      if (encryptedKey.isEmpty()) {
        return new Outcome.Refused(Fault.DOES_NOT_OPEN);
      }
      if (released.isPresent() && !released.get().equals(encryptedKey.get())) {
        return new Outcome.Refused(Fault.OTHER_RELEASED_KEY);
      }
      return open(encryptedKey.get(), recipient);
    }
  }

  private Outcome open(Bytes encryptedKey, List<EncryptionKey> recipient) {
    if (!Sha256.of(encryptedKey).equals(envelope.encryptedKeyHash())) {
      return new Outcome.Refused(Fault.NOT_THE_SENDERS_KEY);
    }
    Optional<MessageKey> key =
        recipient.stream()
            .flatMap(each -> MessageKey.open(each, envelope, encryptedKey).stream())
            .findFirst();
    if (key.isEmpty()) {
      return new Outcome.Refused(Fault.NOT_FOR_THIS_RECIPIENT);
    }
    if (!key.get().commitment(envelope.message()).equals(envelope.keyCommitment())) {
      key.get().close();
      return new Outcome.Refused(Fault.OTHER_MESSAGE_KEY);
    }
    return new Outcome.Opened(key.get());
  }
}
