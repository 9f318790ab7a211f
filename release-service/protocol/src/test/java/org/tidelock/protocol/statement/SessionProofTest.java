package org.tidelock.protocol.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.Hpke;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;

class SessionProofTest {

  private final SessionProof proof =
      new SessionProof(
          ServerId.random(),
          AccountId.random(),
          DeviceId.random(),
          SigningKey.generate().publicKey(),
          RandomBytes.ofLength(SessionProof.ID_BYTES));

  @ParameterizedTest
  @EnumSource
  void whoHoldsTheKeyAnswersRight(Suite suite) {
    EncryptionKey key = EncryptionKey.generate(suite);
    SecretBytes token = SecretBytes.random(SessionProof.TOKEN_BYTES);
    Bytes sealed = proof.seal(key.publicKey(), token);

    SecretBytes opened = opened(proof.open(key, sealed));

    assertThat(opened.matches(token)).isTrue();
    assertThat(proof.verify(token, sealed, proof.code(opened, sealed))).isTrue();
    assertThat(proof.verify(token, sealed, RandomBytes.ofLength(32))).isFalse();
  }

  @Test
  void anAnswerIsGoodForItsChallengeDeviceAndServerOnly() {
    SecretBytes token = SecretBytes.random(SessionProof.TOKEN_BYTES);
    Bytes sealed = RandomBytes.ofLength(80);
    Bytes code = proof.code(token, sealed);

    assertThat(proof.verify(token, RandomBytes.ofLength(80), code)).isFalse();
    for (SessionProof other :
        new SessionProof[] {
          new SessionProof(
              ServerId.random(),
              proof.account(),
              proof.device(),
              proof.deviceKey(),
              proof.challengeId()),
          new SessionProof(
              proof.server(),
              AccountId.random(),
              proof.device(),
              proof.deviceKey(),
              proof.challengeId()),
          new SessionProof(
              proof.server(),
              proof.account(),
              DeviceId.random(),
              proof.deviceKey(),
              proof.challengeId()),
          new SessionProof(
              proof.server(),
              proof.account(),
              proof.device(),
              SigningKey.generate().publicKey(),
              proof.challengeId()),
          new SessionProof(
              proof.server(),
              proof.account(),
              proof.device(),
              proof.deviceKey(),
              RandomBytes.ofLength(16)),
        }) {
      assertThat(other.verify(token, sealed, code)).isFalse();
    }
  }

  @Test
  void aMessageSentAsAChallengeDoesNotOpen() {
    EncryptionKey key = EncryptionKey.generate(Suite.X25519);
    Bytes message =
        Hpke.seal(
            key.publicKey(),
            Bytes.of("tidelock/v1/message".getBytes(StandardCharsets.US_ASCII)),
            Bytes.of(new byte[0]),
            SecretBytes.random(SessionProof.TOKEN_BYTES));

    assertThat(proof.open(key, message)).isInstanceOf(Opening.Refused.class);
  }

  private static SecretBytes opened(Opening opening) {
    return switch (opening) {
      case Opening.Opened(SecretBytes plaintext) -> plaintext;
      case Opening.Refused _ -> throw new AssertionError("refused");
    };
  }
}
