package org.tidelock.engine.lockfile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.tidelock.engine.puzzle.Bytes;

/**
 * Writes an age file of one stanza and one chunk from given secrets, after the age specification
 * and with nothing of the program: a second opinion, and what makes a whole file a vector.
 */
final class PlainAge {

  private PlainAge() {}

  static byte[] file(String type, Bytes body, byte[] fileKey, byte[] nonce, byte[] plain)
      throws GeneralSecurityException {
    StringBuilder header = new StringBuilder("age-encryption.org/v1\n-> " + type + "\n");
    String base64 = base64(body.toArray());
    for (int i = 0; i <= base64.length(); i += 64) {
      header.append(base64, i, Math.min(base64.length(), i + 64)).append('\n');
    }
    header.append("---");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(hkdf(fileKey, new byte[0], "header"), "HmacSHA256"));
    byte[] code = mac.doFinal(header.toString().getBytes(StandardCharsets.US_ASCII));
    header.append(' ').append(base64(code)).append('\n');

    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    byte[] lastChunk = new byte[12];
    lastChunk[11] = 1;
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(hkdf(fileKey, nonce, "payload"), "ChaCha20"),
        new IvParameterSpec(lastChunk));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(nonce);
    file.writeBytes(cipher.doFinal(plain));
    return file.toByteArray();
  }

  private static byte[] hkdf(byte[] key, byte[] salt, String info) throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(
            HKDFParameterSpec.ofExtract()
                .addIKM(key)
                .addSalt(salt)
                .thenExpand(info.getBytes(StandardCharsets.US_ASCII), 32));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
