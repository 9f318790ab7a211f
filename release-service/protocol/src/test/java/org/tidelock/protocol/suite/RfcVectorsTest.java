package org.tidelock.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelock.engine.puzzle.Bytes;

/** The vectors of the RFCs, through the code paths the protocol calls. */
class RfcVectorsTest {

  static Stream<JsonNode> rfc5869() {
    return Vectors.elements(Vectors.file("rfc5869.json").required("vectors"));
  }

  @ParameterizedTest
  @MethodSource("rfc5869")
  void hkdfDerivesWhatRfc5869Says(JsonNode vector) {
    SecretBytes derived =
        Hkdf.derive(
            Vectors.secret(vector, "ikm"),
            Vectors.bytes(vector, "salt").toArray(),
            Vectors.bytes(vector, "info").toArray(),
            Vectors.bytes(vector, "okm").length());

    assertThat(Bytes.of(derived.revealCopy())).isEqualTo(Vectors.bytes(vector, "okm"));
  }

  static Stream<JsonNode> rfc8032() {
    return Vectors.elements(Vectors.file("rfc8032.json").required("vectors"));
  }

  @ParameterizedTest
  @MethodSource("rfc8032")
  void ed25519SignsAndVerifiesWhatRfc8032Says(JsonNode vector) {
    SigningKey key = SigningKey.fromSeed(Vectors.secret(vector, "seed"));
    Bytes message = Vectors.bytes(vector, "message");

    Signature signature = key.signRaw(message);

    assertThat(key.publicKey().value()).isEqualTo(Vectors.bytes(vector, "publicKey"));
    assertThat(signature.value()).isEqualTo(Vectors.bytes(vector, "signature"));
    assertThat(key.publicKey().verifiesRaw(message, signature)).isTrue();
  }

  @Test
  void x25519MultipliesAsRfc7748Says() {
    Vectors.elements(Vectors.file("rfc7748.json").required("scalarMultiplications"))
        .forEach(
            vector ->
                assertThat(agree(Vectors.secret(vector, "scalar"), Vectors.bytes(vector, "u")))
                    .isEqualTo(Vectors.bytes(vector, "result")));
  }

  @Test
  void x25519IteratesAsRfc7748Says() {
    Vectors.elements(Vectors.file("rfc7748.json").required("iterated"))
        .forEach(
            vector -> {
              byte[] nine = new byte[X25519.BYTES];
              nine[0] = 9;
              Bytes scalar = Bytes.of(nine);
              Bytes u = scalar;
              for (int i = 0; i < vector.required("iterations").asInt(); i++) {
                Bytes next = agree(SecretBytes.takeOver(scalar.toArray()), u);
                u = scalar;
                scalar = next;
              }
              assertThat(scalar).isEqualTo(Vectors.bytes(vector, "result"));
            });
  }

  @Test
  void x25519AgreesAsRfc7748Says() {
    JsonNode vector = Vectors.file("rfc7748.json").required("agreement");
    SecretBytes alice = Vectors.secret(vector, "alicePrivate");
    SecretBytes bob = Vectors.secret(vector, "bobPrivate");

    assertThat(X25519.publicKey(alice)).isEqualTo(Vectors.bytes(vector, "alicePublic"));
    assertThat(X25519.publicKey(bob)).isEqualTo(Vectors.bytes(vector, "bobPublic"));
    assertThat(agree(alice, X25519.publicKey(bob))).isEqualTo(Vectors.bytes(vector, "shared"));
    assertThat(agree(bob, X25519.publicKey(alice))).isEqualTo(Vectors.bytes(vector, "shared"));
  }

  static Stream<JsonNode> rfc9180() {
    return Vectors.elements(Vectors.file("rfc9180.json").required("vectors"));
  }

  @ParameterizedTest
  @MethodSource("rfc9180")
  void hpkeOpensWhatRfc9180Sealed(JsonNode vector) {
    EncryptionKey key =
        EncryptionKey.fromPrivate(Suite.X25519, Vectors.secret(vector, "privateKey"));

    Opening opening =
        Hpke.open(
            key,
            (short) vector.required("aead").asInt(),
            Vectors.bytes(vector, "info"),
            Vectors.bytes(vector, "associatedData"),
            Bytes.ofHex(
                vector.required("encapsulation").asText()
                    + vector.required("ciphertext").asText()));

    assertThat(key.publicKey().value()).isEqualTo(Vectors.bytes(vector, "publicKey"));
    assertThat(plaintext(opening)).isEqualTo(Vectors.bytes(vector, "plaintext"));
  }

  @Test
  void bothArgon2EnginesHashWhatRfc9106Says() {
    JsonNode vector = Vectors.file("rfc9106.json");
    Argon2Engine.Input input =
        new Argon2Engine.Input(
            Vectors.bytes(vector, "password").toArray(),
            Vectors.bytes(vector, "salt").toArray(),
            Vectors.bytes(vector, "secret").toArray(),
            Vectors.bytes(vector, "associatedData").toArray(),
            vector.required("memoryKib").asInt(),
            vector.required("iterations").asInt(),
            vector.required("parallelism").asInt(),
            32);

    assertThat(Bytes.of(NativeArgon2.load().hash(input))).isEqualTo(Vectors.bytes(vector, "tag"));
    assertThat(Bytes.of(new BouncyArgon2().hash(input))).isEqualTo(Vectors.bytes(vector, "tag"));
  }

  private static Bytes agree(SecretBytes privateKey, Bytes publicKey) {
    return plaintext(X25519.agree(privateKey, publicKey));
  }

  static Bytes plaintext(Opening opening) {
    return switch (opening) {
      case Opening.Opened opened -> Bytes.of(opened.plaintext().revealCopy());
      case Opening.Refused _ -> throw new AssertionError("refused");
    };
  }
}
