package org.tidelock.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;

/**
 * Project Wycheproof's cases, through the code paths the protocol calls. The files are read from
 * the folder of the property {@code wycheproof.dir}; where it is absent, a line of output says so.
 */
class WycheproofTest {

  private int checked;

  @Test
  void aesGcm() {
    cases(
        "aes_gcm_test.json",
        (group, test) -> {
          if (group.required("keySize").asInt() != 256 || group.required("ivSize").asInt() != 96) {
            return; // Other sizes are not called; AesGcm refuses them.
          }
          SecretBytes key = Vectors.secret(test, "key");
          Bytes nonce = Vectors.bytes(test, "iv");
          Bytes associatedData = Vectors.bytes(test, "aad");
          Bytes sealed = Bytes.ofHex(test.required("ct").asText() + test.required("tag").asText());

          Opening opening = AesGcm.open(key, nonce, associatedData, sealed);

          if (isValid(test)) {
            assertThat(RfcVectorsTest.plaintext(opening)).isEqualTo(Vectors.bytes(test, "msg"));
            assertThat(AesGcm.seal(key, nonce, associatedData, Vectors.secret(test, "msg")))
                .isEqualTo(sealed);
          } else {
            assertThat(opening).as(name(test)).isInstanceOf(Opening.Refused.class);
          }
          checked++;
        });
  }

  @Test
  void ed25519() {
    cases(
        "ed25519_test.json",
        (group, test) -> {
          SigningPublicKey key =
              new SigningPublicKey(Vectors.bytes(group.required("publicKey"), "pk"));
          Bytes signature = Vectors.bytes(test, "sig");
          boolean verified =
              signature.length() == Signature.BYTES
                  && key.verifiesRaw(Vectors.bytes(test, "msg"), new Signature(signature));

          assertThat(verified).as(name(test)).isEqualTo(isValid(test));
          checked++;
        });
  }

  @Test
  void hkdf() {
    cases(
        "hkdf_sha256_test.json",
        (_, test) -> {
          SecretBytes inputKey = Vectors.secret(test, "ikm");
          byte[] salt = Vectors.bytes(test, "salt").toArray();
          byte[] info = Vectors.bytes(test, "info").toArray();
          int size = test.required("size").asInt();
          if (isValid(test)) {
            assertThat(Bytes.of(Hkdf.derive(inputKey, salt, info, size).revealCopy()))
                .as(name(test))
                .isEqualTo(Vectors.bytes(test, "okm"));
          } else {
            assertThatThrownBy(() -> Hkdf.derive(inputKey, salt, info, size))
                .as(name(test))
                .isInstanceOf(IllegalArgumentException.class);
          }
          checked++;
        });
  }

  @Test
  void hmac() {
    cases(
        "hmac_sha256_test.json",
        (group, test) -> {
          if (group.required("tagSize").asInt() != 256) {
            return; // Truncated codes are not used.
          }
          assertThat(
                  Hmac.verify(
                      Vectors.secret(test, "key"),
                      Vectors.bytes(test, "msg"),
                      Vectors.bytes(test, "tag")))
              .as(name(test))
              .isEqualTo(isValid(test));
          checked++;
        });
  }

  @Test
  void x25519() {
    cases(
        "x25519_test.json",
        (_, test) -> {
          Opening opening =
              X25519.agree(Vectors.secret(test, "private"), Vectors.bytes(test, "public"));
          if (test.required("flags").toString().contains("ZeroSharedSecret")) {
            assertThat(opening).as(name(test)).isInstanceOf(Opening.Refused.class);
          } else {
            assertThat(RfcVectorsTest.plaintext(opening))
                .as(name(test))
                .isEqualTo(Vectors.bytes(test, "shared"));
          }
          checked++;
        });
  }

  private void cases(String file, BiConsumer<JsonNode, JsonNode> check) {
    Vectors.published("wycheproof.dir", file)
        .ifPresent(
            json -> {
              for (JsonNode group : json.required("testGroups")) {
                for (JsonNode test : group.required("tests")) {
                  check.accept(group, test);
                }
              }
              assertThat(checked).isPositive();
              System.out.printf("%s: %d cases%n", file, checked);
            });
  }

  private static boolean isValid(JsonNode test) {
    return test.required("result").asText().equals("valid");
  }

  private static String name(JsonNode test) {
    return test.required("tcId") + " " + test.required("comment").asText();
  }
}
