package org.tidelock.protocol.message;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.regex.Pattern;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.suite.Suite;

/**
 * Everything a sender says of a message, signed by the account's signing key. It tells nobody what
 * the message says: content and key are there as hashes only. An envelope that exists is consistent
 * in itself.
 *
 * @param suite of the recipient's encryption key
 * @param server whose service carries the message
 * @param message chosen by the sender's client
 * @param sender who signs
 * @param senderGeneration of the signing key that signs
 * @param device from which it was sent
 * @param recipient to whose encryption key the message key is sealed
 * @param recipientGeneration of that encryption key
 * @param type what the content is: a media type such as {@code text/plain}
 * @param conversation 16 bytes that messages of one conversation share; the first one's own id
 * @param createdAt when the sender's client made it, in whole milliseconds
 * @param unlockAt when it may be opened; {@code createdAt} if immediate
 * @param policy how it is opened
 * @param puzzleBy who makes the puzzle
 * @param bits the length of the puzzle's modulus: 2048, 3072 or 4096; 0 if immediate
 * @param profile the speed of hardware that the puzzle reckons with, such as {@code fastest-cpu/1};
 *     {@code none} if immediate
 * @param payloadBytes how long the encrypted content is
 * @param payloadHash SHA-256 of the encrypted content
 * @param keyCommitment to the message key: {@link MessageKey#commitment}
 * @param encryptedKeyHash SHA-256 of the message key sealed to the recipient
 */
public record Envelope(
    Suite suite,
    ServerId server,
    MessageId message,
    AccountId sender,
    long senderGeneration,
    DeviceId device,
    AccountId recipient,
    long recipientGeneration,
    String type,
    Bytes conversation,
    Instant createdAt,
    Instant unlockAt,
    Policy policy,
    PuzzleBy puzzleBy,
    int bits,
    String profile,
    long payloadBytes,
    Bytes payloadHash,
    Bytes keyCommitment,
    Bytes encryptedKeyHash) {

  /** What {@code profile} is where there is no puzzle. */
  public static final String NO_PROFILE = "none";

  /** What {@code encryptedKeyHash} is before the key is sealed. */
  public static final Bytes NOT_SEALED = Bytes.of(new byte[Sha256.BYTES]);

  private static final Pattern TYPE =
      Pattern.compile("[a-z0-9][a-z0-9.+-]{0,62}/[a-z0-9][a-z0-9.+-]{0,62}");
  private static final Pattern PROFILE = Pattern.compile("[a-z][a-z-]{0,30}/[0-9]{1,12}");
  private static final Set<Integer> SIZES = Set.of(2048, 3072, 4096);

  public Envelope {
    requireGeneration("senderGeneration", senderGeneration);
    requireGeneration("recipientGeneration", recipientGeneration);
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("type must be a media type in lower case");
    }
    requireLength("conversation", conversation, MessageId.BYTES);
    requireMillis("createdAt", createdAt);
    requireMillis("unlockAt", unlockAt);
    if (payloadBytes < 1) {
      throw new IllegalArgumentException("payloadBytes is %d; at least 1".formatted(payloadBytes));
    }
    requireLength("payloadHash", payloadHash, Sha256.BYTES);
    requireLength("keyCommitment", keyCommitment, Sha256.BYTES);
    requireLength("encryptedKeyHash", encryptedKeyHash, Sha256.BYTES);
    if (policy == Policy.IMMEDIATE) {
      requireNoPuzzle(createdAt, unlockAt, puzzleBy, bits, profile);
    } else {
      requirePuzzle(createdAt, unlockAt, puzzleBy, bits, profile);
    }
  }

  /** The same envelope around a sealed message key. */
  public Envelope around(Bytes encryptedKey) {
    return withHash(Sha256.of(encryptedKey));
  }

  /** SHA-256 of what is signed. */
  public Bytes hash() {
    return Sha256.of(statement().encoded());
  }

  /** Signs, as the account. */
  public Signature sign(SigningKey accountSigningKey) {
    return accountSigningKey.sign(statement());
  }

  /** Whether the account signed: the key must be that of {@code senderGeneration}. */
  public boolean isSigned(SigningPublicKey accountSigningKey, Signature signature) {
    return accountSigningKey.verifies(statement(), signature);
  }

  /** What is signed: every field. */
  public Canonical statement() {
    return fields("tidelock/v1/envelope").bytes(encryptedKeyHash);
  }

  /** What the sealed message key is bound to: every field but its own hash. */
  public Bytes sealInfo() {
    return fields("tidelock/v1/message-key").encoded();
  }

  private Canonical fields(String label) {
    return new Canonical(label)
        .integer(suite.number())
        .bytes(server.value())
        .bytes(message.value())
        .bytes(sender.value())
        .integer(senderGeneration)
        .bytes(device.value())
        .bytes(recipient.value())
        .integer(recipientGeneration)
        .text(type)
        .bytes(conversation)
        .integer(createdAt.toEpochMilli())
        .integer(unlockAt.toEpochMilli())
        .text(policy.text())
        .text(puzzleBy.text())
        .integer(bits)
        .text(profile)
        .integer(payloadBytes)
        .bytes(payloadHash)
        .bytes(keyCommitment);
  }

  private Envelope withHash(Bytes hash) {
    return new Envelope(
        suite,
        server,
        message,
        sender,
        senderGeneration,
        device,
        recipient,
        recipientGeneration,
        type,
        conversation,
        createdAt,
        unlockAt,
        policy,
        puzzleBy,
        bits,
        profile,
        payloadBytes,
        payloadHash,
        keyCommitment,
        hash);
  }

  private static void requireNoPuzzle(
      Instant createdAt, Instant unlockAt, PuzzleBy puzzleBy, int bits, String profile) {
    if (puzzleBy != PuzzleBy.NOBODY
        || bits != 0
        || !profile.equals(NO_PROFILE)
        || !unlockAt.equals(createdAt)) {
      throw new IllegalArgumentException(
          "an immediate message has no puzzle: puzzleBy nobody, bits 0, profile none, unlockAt as"
              + " createdAt");
    }
  }

  private static void requirePuzzle(
      Instant createdAt, Instant unlockAt, PuzzleBy puzzleBy, int bits, String profile) {
    if (puzzleBy == PuzzleBy.NOBODY) {
      throw new IllegalArgumentException("puzzleBy is nobody; server or sender required");
    }
    if (!SIZES.contains(bits)) {
      throw new IllegalArgumentException("bits is %d; 2048, 3072 or 4096 required".formatted(bits));
    }
    if (!PROFILE.matcher(profile).matches()) {
      throw new IllegalArgumentException("profile must be a name with a version: fastest-cpu/1");
    }
    if (!unlockAt.isAfter(createdAt)) {
      throw new IllegalArgumentException(
          "unlockAt is %s, not after createdAt, %s".formatted(unlockAt, createdAt));
    }
  }

  private static void requireGeneration(String name, long generation) {
    if (generation < 1) {
      throw new IllegalArgumentException("%s is %d; at least 1".formatted(name, generation));
    }
  }

  private static void requireMillis(String name, Instant instant) {
    if (instant.toEpochMilli() < 0 || !instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
      throw new IllegalArgumentException(
          "%s must be whole milliseconds since 1970".formatted(name));
    }
  }

  static void requireLength(String name, Bytes value, int required) {
    if (value.length() != required) {
      throw new IllegalArgumentException(
          "%s has %d bytes; %d required".formatted(name, value.length(), required));
    }
  }
}
