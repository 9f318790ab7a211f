package org.tidelock.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.message.OpeningChecks.Fault;
import org.tidelock.protocol.message.OpeningChecks.Outcome;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Suite;

/** P4: both openings give one answer, and each way to cheat is told by its own reason. */
class OpeningChecksTest {

  private final SampleMessage message = new SampleMessage(Suite.X25519);

  @ParameterizedTest
  @EnumSource
  void releasedAndSolvedOpenTheSameContent(Suite suite) throws IOException {
    SampleMessage sample = new SampleMessage(suite);

    assertThat(read(sample, sample.checks().solved(sample.challenge(), List.of(sample.recipient))))
        .isEqualTo(SampleMessage.TEXT);
    assertThat(
            read(
                sample,
                sample
                    .checks()
                    .released(sample.challenge(), sample.encryptedKey, List.of(sample.recipient))))
        .isEqualTo(SampleMessage.TEXT);
  }

  @Test
  void anotherChallengeKeyIsNotTheOneCommittedTo() {
    assertFault(
        message.checks().solved(SecretBytes.random(32), List.of(message.recipient)),
        Fault.OTHER_CHALLENGE_KEY);
    assertFault(
        message.checks().solved(SecretBytes.random(31), List.of(message.recipient)),
        Fault.NO_CHALLENGE_KEY);
  }

  @Test
  void anotherDoubleEncryptionIsNotTheReceipts() {
    OpeningChecks checks =
        new OpeningChecks(message.envelope, message.receipt, flipped(message.doubleEncrypted));

    assertFault(
        checks.solved(message.challenge(), List.of(message.recipient)),
        Fault.OTHER_DOUBLE_ENCRYPTION);
  }

  @Test
  void aDoubleEncryptionThatNeverOpensIsTheServersDoing() {
    Bytes spoilt = flipped(message.doubleEncrypted);
    MessageReceipt receipt = receiptFor(message.envelope, spoilt);

    assertFault(
        new OpeningChecks(message.envelope, receipt, spoilt)
            .solved(message.challenge(), List.of(message.recipient)),
        Fault.DOES_NOT_OPEN);
  }

  @Test
  void anotherEncryptedKeyIsNotWhatWasReleased() {
    assertFault(
        message
            .checks()
            .released(
                message.challenge(), flipped(message.encryptedKey), List.of(message.recipient)),
        Fault.OTHER_RELEASED_KEY);
  }

  @Test
  void anEncryptedKeyThatTheServerPutThereIsNotTheSenders() {
    try (ChallengeKey key = ChallengeKey.of(message.challenge()).orElseThrow()) {
      Bytes own = key.doubleEncrypt(message.envelope, flipped(message.encryptedKey));

      assertFault(
          new OpeningChecks(message.envelope, receiptFor(message.envelope, own), own)
              .solved(message.challenge(), List.of(message.recipient)),
          Fault.NOT_THE_SENDERS_KEY);
    }
  }

  @Test
  void opensWithWhicheverKeyOfTheGenerationItIsSealedTo() throws IOException {
    try (EncryptionKey neverPublished = EncryptionKey.generate(Suite.X25519)) {
      List<EncryptionKey> both = List.of(neverPublished, message.recipient);

      assertThat(read(message, message.checks().solved(message.challenge(), both)))
          .isEqualTo(SampleMessage.TEXT);
    }
  }

  @Test
  void anotherRecipientOpensNothing() {
    try (EncryptionKey other = EncryptionKey.generate(Suite.X25519)) {
      assertFault(
          message.checks().solved(message.challenge(), List.of(other)),
          Fault.NOT_FOR_THIS_RECIPIENT);
    }
  }

  @Test
  void aReceiptOfAnotherEnvelopeProvesNothing() {
    SampleMessage other = new SampleMessage(Suite.X25519);

    assertFault(
        new OpeningChecks(message.envelope, other.receipt, message.doubleEncrypted)
            .solved(message.challenge(), List.of(message.recipient)),
        Fault.OTHER_RECEIPT);
  }

  @Test
  void aKeyThatTheSenderDidNotCommitToIsNotTaken() {
    // The sender lies in the commitment and seals another key for the same envelope.
    Envelope lying = withCommitment(message.envelope);
    Bytes encryptedKey =
        MessageKey.of(SecretBytes.random(16)).seal(message.recipient.publicKey(), lying);
    Envelope envelope = lying.around(encryptedKey);
    try (ChallengeKey key = ChallengeKey.of(message.challenge()).orElseThrow()) {
      Bytes twice = key.doubleEncrypt(envelope, encryptedKey);

      assertFault(
          new OpeningChecks(envelope, receiptFor(envelope, twice), twice)
              .solved(message.challenge(), List.of(message.recipient)),
          Fault.OTHER_MESSAGE_KEY);
    }
  }

  private MessageReceipt receiptFor(Envelope envelope, Bytes doubleEncrypted) {
    return MessageReceipt.sign(
        message.serverKey,
        envelope,
        message.puzzle,
        doubleEncrypted,
        message.receipt.challengeCommitment(),
        SampleMessage.NOW);
  }

  private static Envelope withCommitment(Envelope e) {
    return new Envelope(
        e.suite(),
        e.server(),
        e.message(),
        e.sender(),
        e.senderGeneration(),
        e.device(),
        e.recipient(),
        e.recipientGeneration(),
        e.type(),
        e.conversation(),
        e.createdAt(),
        e.unlockAt(),
        e.policy(),
        e.puzzleBy(),
        e.bits(),
        e.profile(),
        e.payloadBytes(),
        e.payloadHash(),
        SampleMessage.bytes(32, 1),
        Envelope.NOT_SEALED);
  }

  private static String read(SampleMessage sample, Outcome outcome) throws IOException {
    assertThat(outcome).isInstanceOf(Outcome.Opened.class);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MessageKey key = ((Outcome.Opened) outcome).key()) {
      assertThat(
              MessagePayload.open(
                  key, sample.envelope, new ByteArrayInputStream(sample.payload), out))
          .isEqualTo(new MessagePayload.Outcome.Opened(SampleMessage.TEXT.length()));
    }
    return out.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Bytes flipped(Bytes bytes) {
    byte[] copy = bytes.toArray();
    copy[copy.length - 1] ^= 1;
    return Bytes.of(copy);
  }

  private static void assertFault(Outcome outcome, Fault fault) {
    assertThat(outcome).isEqualTo(new Outcome.Refused(fault));
  }
}
