package org.tidelock.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.Aead;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Suite;

class EncapsulationTest {

  private static final JsonNode RFC = vectors();

  @Test
  void readsAndWritesTheKeyConfigurationOfRfc9458() throws Exception {
    Bytes configuration = bytes("keyConfiguration");
    ChannelKey key = ChannelKey.decode(configuration);
    try (EncryptionKey privateKey = privateKey()) {
      assertThat(key)
          .isEqualTo(new ChannelKey(1, privateKey.publicKey(), List.of(Aead.AES_128_GCM)));
    }
    // It names ChaCha20-Poly1305 too, which is left out here.
    assertThat(ChannelKey.decode(key.encoded())).isEqualTo(key);
    assertThat(configuration.toHex()).startsWith(key.encoded().toHex().substring(0, 70));
  }

  @Test
  void opensTheRequestOfRfc9458AndSealsItsResponse() throws Exception {
    ChannelKey key = ChannelKey.decode(bytes("keyConfiguration"));
    try (EncryptionKey privateKey = privateKey()) {
      Encapsulation.Received received =
          Encapsulation.receive(key, privateKey, bytes("encapsulatedRequest")).orElseThrow();
      assertThat(received.plaintext().matches(secret("request"))).isTrue();
      assertThat(received.exchange().encapsulation()).isEqualTo(bytes("encapsulation"));
      assertThat(BinaryHttp.readRequest(received.plaintext()))
          .isEqualTo(
              new BinaryHttp.Request(
                  "GET", "https", "example.com", "/", List.of(), Bytes.of(new byte[0])));

      assertThat(received.exchange().seal(secret("response"), bytes("responseNonce")))
          .isEqualTo(bytes("encapsulatedResponse"));
      assertThat(received.exchange().open(bytes("encapsulatedResponse")))
          .isInstanceOfSatisfying(
              Opening.Opened.class,
              opened -> assertThat(opened.plaintext().matches(secret("response"))).isTrue());
      assertThat(BinaryHttp.readResponse(secret("response")))
          .isEqualTo(new BinaryHttp.Response(200, List.of(), Bytes.of(new byte[0])));
    }
  }

  @Test
  void anAlteredByteAnywhereIsRefused() {
    try (EncryptionKey privateKey = EncryptionKey.generate(Suite.X25519)) {
      ChannelKey key = new ChannelKey(7, privateKey.publicKey(), List.of(Aead.AES_256_GCM));
      Encapsulation.Sent sent = Encapsulation.send(key, SecretBytes.random(20));
      byte[] message = sent.message().toArray();
      for (int i = 0; i < message.length; i++) {
        byte[] altered = message.clone();
        // The last bit that X25519 ignores counts too: the encapsulation is in the key schedule.
        altered[i] ^= (byte) 0x80;
        assertThat(Encapsulation.receive(key, privateKey, Bytes.of(altered))).as("%d", i).isEmpty();
      }
      Encapsulation.Received received =
          Encapsulation.receive(key, privateKey, sent.message()).orElseThrow();
      byte[] response = received.exchange().seal(SecretBytes.random(20)).toArray();
      assertThat(sent.exchange().open(Bytes.of(response))).isInstanceOf(Opening.Opened.class);
      for (int i = 0; i < response.length; i++) {
        byte[] altered = response.clone();
        altered[i] ^= 1;
        assertThat(sent.exchange().open(Bytes.of(altered))).isInstanceOf(Opening.Refused.class);
      }
      // The answer to another request does not open.
      assertThat(
              Encapsulation.send(key, SecretBytes.random(20)).exchange().open(Bytes.of(response)))
          .isInstanceOf(Opening.Refused.class);
    }
  }

  @Test
  void binaryHttpComesBackAsItWasAndItsLengthIsAMultipleOf256() throws Exception {
    var fields =
        List.of(
            new BinaryHttp.Field("content-type", "application/json"),
            new BinaryHttp.Field("x", "a".repeat(20_000)));
    for (int length : new int[] {0, 1, 63, 64, 16_383, 16_384, 40_000}) {
      Bytes content = Bytes.of(new byte[length]);
      var request = new BinaryHttp.Request("POST", "https", "host:1", "/v1/x?y=1", fields, content);
      SecretBytes written = BinaryHttp.write(request);
      assertThat(written.length() % 256).isZero();
      assertThat(BinaryHttp.readRequest(written)).isEqualTo(request);
      var response = new BinaryHttp.Response(409, fields, content);
      assertThat(BinaryHttp.readResponse(BinaryHttp.write(response))).isEqualTo(response);
    }
  }

  @Test
  void refusesBinaryHttpThatIsNotAsItHasToBe() {
    for (String malformed :
        List.of(
            "", // nothing
            "02", // indeterminate length
            "01", // a response
            "0003474554", // cut off
            "00034745540568747470730b6578616d706c652e636f6d012f0a", // a section that is not there
            "00034745540568747470730b6578616d706c652e636f6d012f04014101620000", // upper case
            "00034745540568747470730b6578616d706c652e636f6d012f050161020d0a0000", // a line's end
            "00034745540568747470730b6578616d706c652e636f6d012f00000401610162", // trailers
            "00034745540568747470730b6578616d706c652e636f6d012f00000001" // after the end
            )) {
      assertThatThrownBy(
              () -> BinaryHttp.readRequest(SecretBytes.takeOver(Bytes.ofHex(malformed).toArray())))
          .as(malformed)
          .isInstanceOf(MalformedChannelException.class);
    }
  }

  private static EncryptionKey privateKey() {
    return EncryptionKey.fromPrivate(Suite.X25519, secret("privateKey"));
  }

  private static Bytes bytes(String field) {
    return Bytes.ofHex(RFC.required(field).asText());
  }

  private static SecretBytes secret(String field) {
    return SecretBytes.takeOver(bytes(field).toArray());
  }

  private static JsonNode vectors() {
    try (var in = EncapsulationTest.class.getResourceAsStream("rfc9458.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
