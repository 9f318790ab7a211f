package org.tidelock.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;

class HpkeExchangeTest {

  private static final JsonNode RFC = Vectors.file("/org/tidelock/protocol/channel/rfc9458.json");
  private static final Bytes LABEL =
      Bytes.of("message/bhttp response".getBytes(StandardCharsets.US_ASCII));

  @Test
  void sendsWhatRfc9458Sends() {
    try (EncryptionKey recipient = key("privateKey");
        EncryptionKey ephemeral = key("ephemeralPrivateKey")) {
      HpkeExchange.Sent sent =
          Hpke.unsafeSendWithEphemeral(
              recipient.publicKey(),
              ephemeral,
              Aead.AES_128_GCM,
              Vectors.bytes(RFC, "info"),
              Vectors.secret(RFC, "request"),
              LABEL,
              16);
      String whole = RFC.required("encapsulatedRequest").asText();
      assertThat(sent.encapsulation()).isEqualTo(Vectors.bytes(RFC, "encapsulation"));
      assertThat(whole).endsWith(sent.encapsulation().toHex() + sent.ciphertext().toHex());
      assertThat(sent.exported().matches(Vectors.secret(RFC, "secret"))).isTrue();
    }
  }

  @Test
  void bothSidesExportTheSameSecretAndOthersNothing() {
    Bytes info = Bytes.of(new byte[] {1});
    try (EncryptionKey recipient = EncryptionKey.generate(Suite.X25519);
        EncryptionKey other = EncryptionKey.generate(Suite.X25519);
        SecretBytes message = SecretBytes.random(100)) {
      HpkeExchange.Sent sent =
          Hpke.send(recipient.publicKey(), Aead.AES_256_GCM, info, message, LABEL, 32);
      assertThat(receive(recipient, info, sent))
          .isInstanceOfSatisfying(
              HpkeExchange.Received.class,
              received -> {
                assertThat(received.plaintext().matches(message)).isTrue();
                assertThat(received.exported().matches(sent.exported())).isTrue();
              });
      assertThat(receive(other, info, sent)).isInstanceOf(HpkeExchange.Refused.class);
      assertThat(receive(recipient, LABEL, sent)).isInstanceOf(HpkeExchange.Refused.class);
    }
  }

  private static HpkeExchange receive(EncryptionKey key, Bytes info, HpkeExchange.Sent sent) {
    return Hpke.receive(
        key, Aead.AES_256_GCM, info, sent.encapsulation(), sent.ciphertext(), LABEL, 32);
  }

  private static EncryptionKey key(String field) {
    return EncryptionKey.fromPrivate(Suite.X25519, Vectors.secret(RFC, field));
  }
}
