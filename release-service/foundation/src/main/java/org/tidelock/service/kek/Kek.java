package org.tidelock.service.kek;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.suite.AesGcm;
import org.tidelock.protocol.suite.Hkdf;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * A key encryption key: 32 random bytes that lie outside the database. Each row is sealed under a
 * key of its own, HKDF-SHA256(KEK, salt = row id, "tidelock/v1/kek/row"), by AES-256-GCM with a
 * fresh nonce, which stands before the ciphertext; the associated data says which row it is.
 * Thread-safe.
 */
public final class Kek {

  static final int BYTES = 32;

  private static final byte[] ROW = "tidelock/v1/kek/row".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "tidelock/v1/kek/id".getBytes(StandardCharsets.US_ASCII);

  private final SecretBytes key;
  private final KekId id;

  Kek(SecretBytes key) {
    this.key = key;
    try (SecretBytes derived = Hkdf.derive(key, new byte[0], ID, KekId.BYTES)) {
      this.id = new KekId(Bytes.of(derived.revealCopy()));
    }
  }

  /** What it is called. */
  public KekId id() {
    return id;
  }

  /**
   * Seals a row's secret.
   *
   * @param rowId random, and never used for another row
   * @param identity every column that says what the row is
   * @return 28 bytes longer than {@code secret}
   */
  public Bytes seal(Bytes rowId, Canonical identity, SecretBytes secret) {
    Bytes nonce = RandomBytes.ofLength(AesGcm.NONCE_BYTES);
    try (SecretBytes rowKey = rowKey(rowId)) {
      byte[] ciphertext =
          AesGcm.seal(rowKey, nonce, associatedData(rowId, identity), secret).toArray();
      byte[] sealed = new byte[AesGcm.NONCE_BYTES + ciphertext.length];
      System.arraycopy(nonce.toArray(), 0, sealed, 0, AesGcm.NONCE_BYTES);
      System.arraycopy(ciphertext, 0, sealed, AesGcm.NONCE_BYTES, ciphertext.length);
      return Bytes.of(sealed);
    }
  }

  /** Opens what {@link #seal} made for the same row. The caller closes the secret. */
  public Opening open(Bytes rowId, Canonical identity, Bytes sealed) {
    byte[] bytes = sealed.toArray();
    if (bytes.length < AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES) {
      return new Opening.Refused();
    }
    Bytes nonce = Bytes.of(Arrays.copyOf(bytes, AesGcm.NONCE_BYTES));
    Bytes ciphertext = Bytes.of(Arrays.copyOfRange(bytes, AesGcm.NONCE_BYTES, bytes.length));
    try (SecretBytes rowKey = rowKey(rowId)) {
      return AesGcm.open(rowKey, nonce, associatedData(rowId, identity), ciphertext);
    }
  }

  @Override
  public String toString() {
    return "KEK " + id;
  }

  /** The key itself, for the file that keeps it. The caller wipes it. */
  byte[] reveal() {
    return key.revealCopy();
  }

  private SecretBytes rowKey(Bytes rowId) {
    return Hkdf.derive(key, rowId.toArray(), ROW, AesGcm.KEY_BYTES);
  }

  private Bytes associatedData(Bytes rowId, Canonical identity) {
    return new Canonical("tidelock/v1/kek/row")
        .bytes(id.value())
        .bytes(rowId)
        .bytes(identity.encoded())
        .encoded();
  }
}
