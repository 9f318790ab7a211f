package org.tidelock.server.messages;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.suite.AesGcm;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.kek.Kek;
import org.tidelock.service.kek.KekFile;
import org.tidelock.service.kek.KekId;
import org.tidelock.service.kek.KekStore;

/**
 * How a challenge key and an encrypted message key lie in the database: sealed under a row key of
 * their own, which is sealed under a KEK outside the database and bound to the message's id,
 * release time, newest event and number of decisions. An edited row, or an older one, does not
 * open; a decision of the sender, and a rotation of the KEK, seal the row key again and need not
 * read what it locks. Thread-safe.
 */
public final class SecretsAtRest {

  private static final Logger log = LoggerFactory.getLogger(SecretsAtRest.class);

  private static final Bytes ONE_USE = Bytes.of(new byte[AesGcm.NONCE_BYTES]);

  private final KekFile file;
  private final KekStore keks;

  /** Seals under keys that lie in {@code file}, the same on every node. */
  public SecretsAtRest(KekFile file) {
    this.file = file;
    this.keks = new KekStore(file);
  }

  /**
   * What the seal of a row is bound to.
   *
   * @param eventHead the hash of the newest event
   * @param decisions how often the release was moved, as it is counted behind the gate
   */
  public record Binding(MessageId message, Instant releaseAt, Bytes eventHead, long decisions) {

    Canonical identity() {
      return new Canonical("tidelock/v1/message-at-rest")
          .bytes(message.value())
          .integer(releaseAt.toEpochMilli())
          .bytes(eventHead)
          .integer(decisions);
    }
  }

  /**
   * A sealed row.
   *
   * @param sealedKey the row key
   * @param sealed the secrets under it
   */
  public record Row(SealedKey sealedKey, Bytes sealed) {}

  /**
   * A sealed row key.
   *
   * @param kek what it is sealed by
   */
  public record SealedKey(KekId kek, Bytes sealed) {}

  /** The secrets; the caller closes the challenge key. */
  public record Secrets(ChallengeKey challengeKey, Bytes encryptedKey) {}

  /** The KEK that seals now. */
  Kek sealing(Transaction transaction) {
    return keks.sealing(transaction);
  }

  /** The KEK that the database names. */
  Kek withId(KekId kek) {
    return keks.withId(kek);
  }

  /** Seals secrets. */
  public Row seal(Kek kek, Binding binding, ChallengeKey challengeKey, Bytes encryptedKey) {
    byte[] challenge = challengeKey.revealCopy();
    byte[] both = Arrays.copyOf(challenge, challenge.length + encryptedKey.length());
    System.arraycopy(encryptedKey.toArray(), 0, both, challenge.length, encryptedKey.length());
    Arrays.fill(challenge, (byte) 0);
    try (SecretBytes rowKey = SecretBytes.random(AesGcm.KEY_BYTES);
        SecretBytes secrets = SecretBytes.takeOver(both)) {
      return new Row(
          seal(kek, binding, rowKey),
          AesGcm.seal(rowKey, ONE_USE, binding.message.value(), secrets));
    }
  }

  /**
   * Seals a row key again, by {@code kek} and bound to {@code after}; empty if it is not bound to
   * {@code before}, or its KEK is gone.
   */
  Optional<SealedKey> sealAgain(SealedKey sealedKey, Binding before, Kek kek, Binding after) {
    return open(before, sealedKey)
        .map(
            rowKey -> {
              try (rowKey) {
                return seal(kek, after, rowKey);
              }
            });
  }

  /** Opens a row; empty if anything of it was edited. */
  public Optional<Secrets> open(Binding binding, Row row) {
    Optional<SecretBytes> opened = open(binding, row.sealedKey);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (SecretBytes rowKey = opened.get()) {
      return switch (AesGcm.open(rowKey, ONE_USE, binding.message.value(), row.sealed)) {
        case Opening.Opened(SecretBytes secrets) -> split(secrets);
        case Opening.Refused _ -> Optional.empty();
      };
    }
  }

  private static Optional<Secrets> split(SecretBytes secrets) {
    try (secrets) {
      byte[] both = secrets.revealCopy();
      byte[] challenge = Arrays.copyOf(both, ChallengeKey.BYTES);
      Bytes encryptedKey = Bytes.of(Arrays.copyOfRange(both, ChallengeKey.BYTES, both.length));
      Arrays.fill(both, (byte) 0);
      return ChallengeKey.of(SecretBytes.takeOver(challenge))
          .map(key -> new Secrets(key, encryptedKey));
    }
  }

  private static SealedKey seal(Kek kek, Binding binding, SecretBytes rowKey) {
    return new SealedKey(kek.id(), kek.seal(binding.message.value(), binding.identity(), rowKey));
  }

  private Optional<SecretBytes> open(Binding binding, SealedKey sealedKey) {
    Optional<Kek> kek = file.withId(sealedKey.kek);
    if (kek.isEmpty()) {
      log.error("message {}: its KEK {} is not in the file", binding.message, sealedKey.kek);
      return Optional.empty();
    }
    return switch (kek.get().open(binding.message.value(), binding.identity(), sealedKey.sealed)) {
      case Opening.Opened(SecretBytes rowKey) -> Optional.of(rowKey);
      case Opening.Refused _ -> Optional.empty();
    };
  }
}
