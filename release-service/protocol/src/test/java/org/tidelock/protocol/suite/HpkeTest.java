package org.tidelock.protocol.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidelock.engine.puzzle.Bytes;

class HpkeTest {

  private static final Bytes INFO = utf8("tidelock/v1/test");
  private static final Bytes DATA = utf8("associated");
  private static final Bytes MESSAGE = utf8("open at noon");

  @ParameterizedTest
  @EnumSource
  void theRecipientOpensWhatWasSealed(Suite suite) {
    EncryptionKey key = EncryptionKey.generate(suite);
    Bytes sealed = Hpke.seal(key.publicKey(), INFO, DATA, secret(MESSAGE));
    EncryptionKey restored = EncryptionKey.fromPrivate(suite, key.revealPrivate());

    assertThat(restored.publicKey()).isEqualTo(key.publicKey());
    assertThat(RfcVectorsTest.plaintext(Hpke.open(restored, INFO, DATA, sealed)))
        .isEqualTo(MESSAGE);
    assertThat(sealed.length())
        .isEqualTo(suite.encapsulationBytes() + MESSAGE.length() + AesGcm.TAG_BYTES);
  }

  @ParameterizedTest
  @EnumSource
  void nothingElseOpensIt(Suite suite) {
    EncryptionKey key = EncryptionKey.generate(suite);
    Bytes sealed = Hpke.seal(key.publicKey(), INFO, DATA, secret(MESSAGE));

    assertRefused(Hpke.open(EncryptionKey.generate(suite), INFO, DATA, sealed));
    assertRefused(Hpke.open(key, DATA, DATA, sealed));
    assertRefused(Hpke.open(key, INFO, INFO, sealed));
    for (int i : new int[] {0, suite.encapsulationBytes() - 1, sealed.length() - 1}) {
      byte[] flipped = sealed.toArray();
      flipped[i] ^= 1;
      assertRefused(Hpke.open(key, INFO, DATA, Bytes.of(flipped)));
    }
    for (int length : new int[] {0, suite.encapsulationBytes(), sealed.length() - 1}) {
      byte[] cut = Arrays.copyOf(sealed.toArray(), length);
      assertRefused(Hpke.open(key, INFO, DATA, Bytes.of(cut)));
    }
  }

  @Test
  void anEncapsulationOfSmallOrderIsRefused() {
    EncryptionKey key = EncryptionKey.generate(Suite.X25519);

    assertRefused(Hpke.open(key, INFO, DATA, Bytes.of(new byte[64])));
  }

  @ParameterizedTest
  @EnumSource
  void aWeakPublicKeyDoesNotExist(Suite suite) {
    byte[] zero = new byte[suite.publicKeyBytes()];

    assertThatThrownBy(() -> new EncryptionPublicKey(suite, Bytes.of(zero)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EncryptionPublicKey(suite, Bytes.of(new byte[31])))
        .hasMessageContaining("31 bytes");
  }

  @Test
  void anXWingKeyWithCoefficientsBeyondTheModulusDoesNotExist() {
    byte[] key = EncryptionKey.generate(Suite.X_WING).publicKey().value().toArray();
    Arrays.fill(key, 0, 384, (byte) 0xff);

    assertThatThrownBy(() -> new EncryptionPublicKey(Suite.X_WING, Bytes.of(key)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * RFC 9180 publishes no vector of X25519 with AES-256-GCM in its appendix, so the sender is
   * written out here from sections 4.1 and 5.1 over the X25519, HKDF and AES-GCM that have their
   * own vectors.
   */
  @Test
  void opensWhatAnIndependentSenderSealed() {
    EncryptionKey recipient = EncryptionKey.generate(Suite.X25519);
    SecretBytes ephemeral = SecretBytes.random(32);
    byte[] encapsulation = X25519.publicKey(ephemeral).toArray();
    byte[] exchanged =
        RfcVectorsTest.plaintext(X25519.agree(ephemeral, recipient.publicKey().value())).toArray();
    byte[] kem = concat("KEM".getBytes(StandardCharsets.US_ASCII), new byte[] {0, 0x20});
    byte[] suite =
        concat("HPKE".getBytes(StandardCharsets.US_ASCII), new byte[] {0, 0x20, 0, 1, 0, 2});

    byte[] prk = labelledExtract(kem, new byte[0], "eae_prk", exchanged);
    byte[] kemContext = concat(encapsulation, recipient.publicKey().value().toArray());
    byte[] shared = labelledExpand(kem, prk, "shared_secret", kemContext, 32);
    byte[] context =
        concat(
            new byte[1],
            labelledExtract(suite, new byte[0], "psk_id_hash", new byte[0]),
            labelledExtract(suite, new byte[0], "info_hash", INFO.toArray()));
    byte[] secret = labelledExtract(suite, shared, "secret", new byte[0]);
    Bytes ciphertext =
        AesGcm.seal(
            SecretBytes.takeOver(labelledExpand(suite, secret, "key", context, 32)),
            Bytes.of(labelledExpand(suite, secret, "base_nonce", context, 12)),
            DATA,
            secret(MESSAGE));

    Bytes sealed = Bytes.of(concat(encapsulation, ciphertext.toArray()));
    assertThat(RfcVectorsTest.plaintext(Hpke.open(recipient, INFO, DATA, sealed)))
        .isEqualTo(MESSAGE);
  }

  /** The vector of the HPKE working group for X-Wing with HKDF-SHA256, where the file is given. */
  @Test
  void xWingOpensWhatTheWorkingGroupSealed() {
    Vectors.published("hpke.pq.dir", "test-vectors.json")
        .ifPresent(
            json -> {
              for (JsonNode vector : json) {
                if (vector.required("kem_id").asInt() == 0x647a
                    && vector.required("kdf_id").asInt() == 1) {
                  opensFirstEncryption(vector);
                }
              }
            });
  }

  private static void opensFirstEncryption(JsonNode vector) {
    EncryptionKey key = EncryptionKey.fromPrivate(Suite.X_WING, Vectors.secret(vector, "skRm"));
    JsonNode encryption = vector.required("encryptions").required(0);

    Opening opening =
        Hpke.open(
            key,
            (short) vector.required("aead_id").asInt(),
            Vectors.bytes(vector, "info"),
            Vectors.bytes(encryption, "aad"),
            Bytes.ofHex(vector.required("enc").asText() + encryption.required("ct").asText()));

    assertThat(key.publicKey().value()).isEqualTo(Vectors.bytes(vector, "pkRm"));
    assertThat(RfcVectorsTest.plaintext(opening)).isEqualTo(Vectors.bytes(encryption, "pt"));
  }

  private static byte[] labelledExtract(byte[] suite, byte[] salt, String label, byte[] key) {
    byte[] labelled =
        concat(
            "HPKE-v1".getBytes(StandardCharsets.US_ASCII),
            suite,
            label.getBytes(StandardCharsets.US_ASCII),
            key);
    byte[] filled = salt.length == 0 ? new byte[Sha256.BYTES] : salt;
    return Hmac.of(SecretBytes.copyOf(filled), Bytes.of(labelled)).toArray();
  }

  private static byte[] labelledExpand(
      byte[] suite, byte[] key, String label, byte[] info, int length) {
    byte[] labelled =
        concat(
            ByteBuffer.allocate(2).putShort((short) length).array(),
            "HPKE-v1".getBytes(StandardCharsets.US_ASCII),
            suite,
            label.getBytes(StandardCharsets.US_ASCII),
            info,
            new byte[] {1});
    byte[] block = Hmac.of(SecretBytes.copyOf(key), Bytes.of(labelled)).toArray();
    return Arrays.copyOf(block, length);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static void assertRefused(Opening opening) {
    assertThat(opening).isInstanceOf(Opening.Refused.class);
  }

  private static SecretBytes secret(Bytes bytes) {
    return SecretBytes.takeOver(bytes.toArray());
  }

  private static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
