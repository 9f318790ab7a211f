package org.tidelock.protocol.signing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;

class ReceiptTest {

  @Test
  void bindsRequestStatusAndReply() {
    SigningKey serverKey = SigningKey.generate();
    ServerId server = ServerId.random();
    Bytes nonce = RandomBytes.ofLength(16);
    Bytes hash = RandomBytes.ofLength(32);
    Bytes body = RandomBytes.ofLength(10);
    Receipt receipt = Receipt.of(server, nonce, hash, 200, body);
    Signature signature = receipt.sign(serverKey);

    assertThat(receipt.isSigned(serverKey.publicKey(), signature)).isTrue();
    for (Receipt other :
        new Receipt[] {
          Receipt.of(ServerId.random(), nonce, hash, 200, body),
          Receipt.of(server, RandomBytes.ofLength(16), hash, 200, body),
          Receipt.of(server, nonce, RandomBytes.ofLength(32), 200, body),
          Receipt.of(server, nonce, hash, 201, body),
          Receipt.of(server, nonce, hash, 200, RandomBytes.ofLength(10)),
        }) {
      assertThat(other.isSigned(serverKey.publicKey(), signature)).isFalse();
    }
  }
}
