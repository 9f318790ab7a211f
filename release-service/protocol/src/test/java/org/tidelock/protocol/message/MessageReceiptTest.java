package org.tidelock.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.Suite;

class MessageReceiptTest {

  private final SampleMessage message = new SampleMessage(Suite.X25519);
  private final MessageReceipt receipt = message.receipt;

  @Test
  void theServerSignsEveryField() {
    Bytes other = SampleMessage.bytes(32, 1);
    assertThat(receipt.isSigned(message.serverKey.publicKey())).isTrue();
    for (MessageReceipt changed :
        List.of(
            with(new ServerId(SampleMessage.bytes(16, 1)), receipt.message(), 0, other),
            with(receipt.server(), MessageId.random(), 0, other),
            with(receipt.server(), receipt.message(), 1, other),
            with(receipt.server(), receipt.message(), 2, other),
            with(receipt.server(), receipt.message(), 3, other),
            with(receipt.server(), receipt.message(), 4, other),
            with(receipt.server(), receipt.message(), 5, other),
            with(receipt.server(), receipt.message(), 6, other))) {
      assertThat(changed.isSigned(message.serverKey.publicKey())).isFalse();
      assertThat(changed.countersigned().encoded()).isNotEqualTo(receipt.countersigned().encoded());
    }
  }

  @Test
  void theSenderConfirmsThisReceiptAndNoOther() {
    Signature countersignature = receipt.countersign(message.sender);

    assertThat(receipt.isCountersigned(message.sender.publicKey(), countersignature)).isTrue();
    assertThat(
            with(receipt.server(), receipt.message(), 2, SampleMessage.bytes(32, 1))
                .isCountersigned(message.sender.publicKey(), countersignature))
        .isFalse();
    assertThat(receipt.isCountersigned(message.serverKey.publicKey(), countersignature)).isFalse();
  }

  private MessageReceipt with(ServerId server, MessageId id, int changed, Bytes other) {
    return new MessageReceipt(
        server,
        id,
        changed == 1 ? other : receipt.envelopeHash(),
        changed == 2 ? other : receipt.puzzleHash(),
        changed == 3 ? other : receipt.doubleEncryptedHash(),
        changed == 4 ? other : receipt.challengeCommitment(),
        changed == 5 ? receipt.acceptedAt().plusMillis(1) : receipt.acceptedAt(),
        changed == 6 ? receipt.releaseAt().plusMillis(1) : receipt.releaseAt(),
        receipt.signature());
  }
}
