package org.tidelock.protocol.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;

/** A message sealed as a client and a server would, with the keys of everyone in it. */
public final class SampleMessage {

  public static final Instant NOW = Instant.ofEpochMilli(1_793_534_400_123L);
  public static final String TEXT = "The tide waits for no one.";

  public final SigningKey serverKey = SigningKey.generate();
  public final SigningKey sender = SigningKey.generate();
  public final EncryptionKey recipient;
  public final byte[] payload;
  public final Envelope envelope;
  public final Bytes encryptedKey;
  public final byte[] challengeKey;
  public final Bytes doubleEncrypted;
  public final Bytes puzzle;
  public final MessageReceipt receipt;

  public SampleMessage(Suite suite) {
    recipient = EncryptionKey.generate(suite);
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageId id = MessageId.random();
    try {
      MessagePayload.Sealed sealed =
          MessagePayload.seal(new ByteArrayInputStream(text), text.length, out);
      payload = out.toByteArray();
      Envelope open = envelope(id, suite, sealed);
      encryptedKey = sealed.key().seal(recipient.publicKey(), open);
      envelope = open.around(encryptedKey);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    try (ChallengeKey key = ChallengeKey.generate()) {
      challengeKey = key.revealCopy();
      doubleEncrypted = key.doubleEncrypt(envelope, encryptedKey);
      puzzle = Bytes.of(new byte[] {1, 2, 3});
      receipt =
          MessageReceipt.sign(
              serverKey, envelope, puzzle, doubleEncrypted, key.commitment(id), NOW);
    }
  }

  public OpeningChecks checks() {
    return new OpeningChecks(envelope, receipt, doubleEncrypted);
  }

  public SecretBytes challenge() {
    return SecretBytes.copyOf(challengeKey);
  }

  static Envelope envelope(MessageId id, Suite suite, MessagePayload.Sealed sealed) {
    return new Envelope(
        suite,
        new ServerId(bytes(16, 0x51)),
        id,
        new AccountId(bytes(16, 0xac)),
        1,
        new DeviceId(bytes(16, 0xde)),
        new AccountId(bytes(16, 0xbb)),
        2,
        "text/plain",
        id.value(),
        NOW,
        NOW.plus(Duration.ofDays(3)),
        Policy.AT_UNLOCK,
        PuzzleBy.SERVER,
        2048,
        "fastest-cpu/1",
        sealed.bytes(),
        sealed.hash(),
        sealed.key().commitment(id),
        Envelope.NOT_SEALED);
  }

  public static Bytes bytes(int length, int value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }
}
