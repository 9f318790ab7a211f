package org.tidelock.protocol.suite;

/**
 * A numbered set of algorithms that are used together. The number stands in every signature and
 * every associated data. All suites sign with Ed25519 and share HKDF-SHA256, AES-256-GCM and
 * Argon2id; they differ in the key encapsulation of HPKE (RFC 9180).
 */
public enum Suite {
  /** HPKE with DHKEM(X25519, HKDF-SHA256), KEM number 0x0020. */
  X25519(1, 0x0020, 32, 32, 32),

  /**
   * HPKE with X-Wing, X25519 and ML-KEM-768 together, KEM number 0x647a: safe as long as one of the
   * two stands. draft-connolly-cfrg-xwing-kem, used in HPKE as draft-ietf-hpke-pq says; a private
   * key is its 32-byte seed.
   */
  X_WING(2, 0x647a, 1216, 32, 1120);

  private final int number;
  private final int kemId;
  private final int publicKeyBytes;
  private final int privateKeyBytes;
  private final int encapsulationBytes;

  Suite(int number, int kemId, int publicKeyBytes, int privateKeyBytes, int encapsulationBytes) {
    this.number = number;
    this.kemId = kemId;
    this.publicKeyBytes = publicKeyBytes;
    this.privateKeyBytes = privateKeyBytes;
    this.encapsulationBytes = encapsulationBytes;
  }

  /**
   * The suite with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Suite numbered(int number) {
    for (Suite suite : values()) {
      if (suite.number == number) {
        return suite;
      }
    }
    throw new IllegalArgumentException("suite is %d; 1 or 2 required".formatted(number));
  }

  /** The number that stands for this suite on the wire. */
  public int number() {
    return number;
  }

  /** How many bytes a public key of this suite's encapsulation has. */
  public int publicKeyBytes() {
    return publicKeyBytes;
  }

  /** How many bytes an encapsulated key has, which every HPKE ciphertext begins with. */
  public int encapsulationBytes() {
    return encapsulationBytes;
  }

  int privateKeyBytes() {
    return privateKeyBytes;
  }

  short kemId() {
    return (short) kemId;
  }
}
