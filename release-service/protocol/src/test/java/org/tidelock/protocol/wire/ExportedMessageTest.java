package org.tidelock.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.message.EventLog;
import org.tidelock.protocol.message.MessageKey;
import org.tidelock.protocol.message.MessagePayload;
import org.tidelock.protocol.message.OpeningChecks;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.suite.Suite;

class ExportedMessageTest {

  private static final byte[] CONTENT = {1, 2, 3, '\n'};

  @Test
  void readsWhatItWroteUpToTheContent() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(file());

    assertThat(ExportedMessage.read(in))
        .isEqualTo(new ExportedMessage.Reading.Read(Samples.sealed()));
    assertThat(in.readAllBytes()).isEqualTo(CONTENT);
  }

  @Test
  void saysWhyItIsNone() throws IOException {
    String file = new String(file(), StandardCharsets.ISO_8859_1);

    assertRefused("age-encryption.org/v1\n", "does not begin with the line tidelock-message/1");
    assertRefused("", "does not begin");
    assertRefused("tidelock-message/1\n{", "ends before the encrypted content");
    assertRefused("tidelock-message/1\n{}\n", "envelope is missing");
    assertRefused("tidelock-message/1\n{\n", "not well-formed JSON");
    assertRefused("tidelock-message/1\n" + "x".repeat(256 * 1024 + 1), "more than 262144 bytes");
    assertRefused(file.replace("\"bits\":2048", "\"bits\":2047"), "bits is 2047");
    assertRefused(file.replace("\"policy\"", "\"polity\""), "policy");
  }

  /** A file that a client and a server made once; other implementations have to open it too. */
  @Test
  void theVectorOpensBySolvingAlone() throws IOException {
    JsonNode vector = DocumentsTest.file("exported-message.json");
    byte[] file = Base64Url.decode(vector.required("file").asText()).toArray();
    SigningPublicKey server =
        new SigningPublicKey(Bytes.ofHex(vector.required("serverKey").asText()));
    ByteArrayInputStream in = new ByteArrayInputStream(file);

    Messages.Sealed sealed = ((ExportedMessage.Reading.Read) ExportedMessage.read(in)).sealed();

    var sender = sealed.senderEntry();
    assertThat(sealed.envelope().isSigned(sender.signingKey(), sealed.signature())).isTrue();
    assertThat(sealed.senderProof().proves(sender, sealed.envelope().server(), server)).isTrue();
    assertThat(sealed.receipt().isSigned(server)).isTrue();
    assertThat(
            sealed
                .receipt()
                .isCountersigned(sender.signingKey(), sealed.countersignature().getFirst()))
        .isTrue();
    assertThat(
            new EventLog(sealed.events())
                .fault(sealed.envelope(), generation -> Optional.of(sender.signingKey())))
        .isEmpty();
    assertThat(open(vector, sealed, in)).isEqualTo(vector.required("content").asText());
  }

  private static String open(JsonNode vector, Messages.Sealed sealed, ByteArrayInputStream in)
      throws IOException {
    OpeningChecks checks =
        new OpeningChecks(sealed.envelope(), sealed.receipt(), sealed.doubleEncrypted());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EncryptionKey recipient =
        EncryptionKey.fromPrivate(Suite.X25519, secret(vector, "recipientPrivateKey"))) {
      var outcome = checks.solved(secret(vector, "challengeKey"), List.of(recipient));
      assertThat(outcome).isInstanceOf(OpeningChecks.Outcome.Opened.class);
      try (MessageKey key = ((OpeningChecks.Outcome.Opened) outcome).key()) {
        assertThat(MessagePayload.open(key, sealed.envelope(), in, out))
            .isInstanceOf(MessagePayload.Outcome.Opened.class);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static SecretBytes secret(JsonNode vector, String field) {
    return SecretBytes.takeOver(Bytes.ofHex(vector.required(field).asText()).toArray());
  }

  private static byte[] file() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportedMessage.write(Samples.sealed(), out);
    out.write(CONTENT);
    return out.toByteArray();
  }

  private static void assertRefused(String file, String reason) throws IOException {
    assertThat(
            ExportedMessage.read(
                new ByteArrayInputStream(file.getBytes(StandardCharsets.ISO_8859_1))))
        .isInstanceOfSatisfying(
            ExportedMessage.Reading.Refused.class,
            refused -> assertThat(refused.reason()).contains(reason));
  }
}
