package org.tidelock.server.messages;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.message.ChallengeKey;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.suite.AesGcm;
import org.tidelock.protocol.suite.Hkdf;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * How a challenge key and an encrypted message key lie in the database: sealed under a row key of
 * their own, which is sealed under HKDF(key outside the database, message id) and bound to the
 * message's id, release time and newest event. An edited row does not open; a decision of the
 * sender seals the row key again and need not read what it locks. Thread-safe.
 */
public final class SecretsAtRest {

  private static final byte[] INFO = "tidelock/v1/message-at-rest".getBytes(StandardCharsets.UTF_8);
  private static final Bytes ONE_USE = Bytes.of(new byte[AesGcm.NONCE_BYTES]);

  private final SecretBytes key;

  /**
   * Seals under a key that lies outside the database.
   *
   * @param key 32 bytes, the same on every node
   */
  public SecretsAtRest(SecretBytes key) {
    this.key = key;
  }

  /**
   * What the seal of a row is bound to.
   *
   * @param eventHead the hash of the newest event
   */
  public record Binding(MessageId message, Instant releaseAt, Bytes eventHead) {

    Bytes encoded() {
      return new Canonical("tidelock/v1/message-at-rest")
          .bytes(message.value())
          .integer(releaseAt.toEpochMilli())
          .bytes(eventHead)
          .encoded();
    }
  }

  /**
   * A sealed row.
   *
   * @param sealedKey the row key
   * @param sealed the secrets under it
   */
  public record Row(Bytes sealedKey, Bytes sealed) {}

  /** The secrets; the caller closes the challenge key. */
  public record Secrets(ChallengeKey challengeKey, Bytes encryptedKey) {}

  /** Seals secrets. */
  Row seal(Binding binding, ChallengeKey challengeKey, Bytes encryptedKey) {
    byte[] challenge = challengeKey.revealCopy();
    byte[] both = Arrays.copyOf(challenge, challenge.length + encryptedKey.length());
    System.arraycopy(encryptedKey.toArray(), 0, both, challenge.length, encryptedKey.length());
    Arrays.fill(challenge, (byte) 0);
    try (SecretBytes rowKey = SecretBytes.random(AesGcm.KEY_BYTES);
        SecretBytes secrets = SecretBytes.takeOver(both)) {
      return new Row(
          seal(binding, rowKey), AesGcm.seal(rowKey, ONE_USE, binding.message.value(), secrets));
    }
  }

  /** Binds a row key to something else; empty if it is not bound to {@code before}. */
  Optional<Bytes> bindAnew(Bytes sealedKey, Binding before, Binding after) {
    return open(before, sealedKey)
        .map(
            rowKey -> {
              try (rowKey) {
                return seal(after, rowKey);
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

  private Bytes seal(Binding binding, SecretBytes rowKey) {
    Bytes nonce = RandomBytes.ofLength(AesGcm.NONCE_BYTES);
    try (SecretBytes outer = outerKey(binding.message)) {
      byte[] sealed = AesGcm.seal(outer, nonce, binding.encoded(), rowKey).toArray();
      byte[] both = Arrays.copyOf(nonce.toArray(), nonce.length() + sealed.length);
      System.arraycopy(sealed, 0, both, nonce.length(), sealed.length);
      return Bytes.of(both);
    }
  }

  private Optional<SecretBytes> open(Binding binding, Bytes sealedKey) {
    byte[] both = sealedKey.toArray();
    if (both.length <= AesGcm.NONCE_BYTES) {
      return Optional.empty();
    }
    Bytes nonce = Bytes.of(Arrays.copyOf(both, AesGcm.NONCE_BYTES));
    Bytes sealed = Bytes.of(Arrays.copyOfRange(both, AesGcm.NONCE_BYTES, both.length));
    try (SecretBytes outer = outerKey(binding.message)) {
      return switch (AesGcm.open(outer, nonce, binding.encoded(), sealed)) {
        case Opening.Opened(SecretBytes rowKey) -> Optional.of(rowKey);
        case Opening.Refused _ -> Optional.empty();
      };
    }
  }

  private SecretBytes outerKey(MessageId message) {
    return Hkdf.derive(key, message.value().toArray(), INFO, AesGcm.KEY_BYTES);
  }
}
