package org.tidelock.sdk.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.engine.puzzle.CanonicalReader;
import org.tidelock.engine.puzzle.PuzzleFormatException;
import org.tidelock.protocol.suite.AesGcm;
import org.tidelock.protocol.suite.Hkdf;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * A file encrypted under the device secret: Canonical("tidelock/v1/home-file", salt, iv,
 * ciphertext), where key = HKDF-SHA256(device secret, salt, "tidelock/v1/home-file", 32) and the
 * file's name is the associated data of AES-256-GCM. Salt and iv are fresh at each writing.
 */
final class SealedFile {

  private static final String LABEL = "tidelock/v1/home-file";
  private static final int SALT_BYTES = 16;
  private static final int MAX_BYTES = 1 << 20;

  private SealedFile() {}

  static byte[] seal(SecretBytes content, String name, SecretBytes deviceSecret) {
    Bytes salt = RandomBytes.ofLength(SALT_BYTES);
    Bytes iv = RandomBytes.ofLength(AesGcm.NONCE_BYTES);
    try (SecretBytes key = key(deviceSecret, salt)) {
      return new Canonical(LABEL)
          .bytes(salt)
          .bytes(iv)
          .bytes(AesGcm.seal(key, iv, associatedData(name), content))
          .encoded()
          .toArray();
    }
  }

  static SecretBytes open(Path file, String name, SecretBytes deviceSecret) throws IOException {
    try {
      CanonicalReader reader = new CanonicalReader(Files.readAllBytes(file), LABEL);
      Bytes salt = reader.bytes("salt", SALT_BYTES, SALT_BYTES);
      Bytes iv = reader.bytes("iv", AesGcm.NONCE_BYTES, AesGcm.NONCE_BYTES);
      Bytes ciphertext = reader.bytes("ciphertext", AesGcm.TAG_BYTES, MAX_BYTES);
      reader.end();
      try (SecretBytes key = key(deviceSecret, salt)) {
        return switch (AesGcm.open(key, iv, associatedData(name), ciphertext)) {
          case Opening.Opened(SecretBytes content) -> content;
          case Opening.Refused _ ->
              throw new DamagedHomeException(
                  file, "it was altered, or belongs to another device secret");
        };
      }
    } catch (PuzzleFormatException e) {
      throw new DamagedHomeException(file, String.valueOf(e.getMessage()));
    }
  }

  private static SecretBytes key(SecretBytes deviceSecret, Bytes salt) {
    return Hkdf.derive(
        deviceSecret, salt.toArray(), LABEL.getBytes(StandardCharsets.US_ASCII), AesGcm.KEY_BYTES);
  }

  private static Bytes associatedData(String name) {
    return Bytes.of(name.getBytes(StandardCharsets.US_ASCII));
  }
}
