package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a payload under a puzzle's solution, and decrypts it.
 *
 * <p>y* = min(y, N - y), as long as the modulus; okm = HKDF-SHA256(y*, salt = SHA-256(header), info
 * = "tidelock/v1/puzzle-key", 64 bytes) (RFC 5869); C = okm[32..64] ‖ AES-256-GCM(key = okm[0..32],
 * nonce = 0, associated data = header, payload). The nonce is constant because a key encrypts once:
 * the header holds a fresh base. GCM alone does not commit to its key; the second half of okm does.
 */
final class PuzzleSeal {

  static final int COMMITMENT_BYTES = 32;
  static final int TAG_BYTES = 16;
  static final int OVERHEAD_BYTES = COMMITMENT_BYTES + TAG_BYTES;

  private static final byte[] INFO = "tidelock/v1/puzzle-key".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;

  private PuzzleSeal() {}

  /** The ciphertext C of {@code payload} under the solution y, from 0 to N - 1. */
  static Bytes seal(BigInteger modulus, Bytes header, BigInteger y, byte[] payload) {
    byte[] okm = keyMaterial(modulus, header, y);
    try {
      byte[] ciphertext = new byte[OVERHEAD_BYTES + payload.length];
      System.arraycopy(okm, KEY_BYTES, ciphertext, 0, COMMITMENT_BYTES);
      cipher(Cipher.ENCRYPT_MODE, okm, header)
          .doFinal(payload, 0, payload.length, ciphertext, COMMITMENT_BYTES);
      return Bytes.of(ciphertext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    } finally {
      Arrays.fill(okm, (byte) 0);
    }
  }

  /** Compares the commitment, then decrypts. */
  static OpenOutcome open(Puzzle puzzle, BigInteger y) {
    if (y.signum() < 0 || y.compareTo(puzzle.modulus()) >= 0) {
      return new OpenOutcome.WrongSolution("the solution is not a number below the modulus");
    }
    Bytes header = puzzle.header();
    byte[] ciphertext = puzzle.ciphertext().toArray();
    byte[] okm = keyMaterial(puzzle.modulus(), header, y);
    try {
      byte[] commitment = Arrays.copyOfRange(okm, KEY_BYTES, okm.length);
      if (!MessageDigest.isEqual(commitment, Arrays.copyOf(ciphertext, COMMITMENT_BYTES))) {
        return new OpenOutcome.WrongSolution(
            "the key commitment does not match: the solution is wrong, or the puzzle was altered");
      }
      byte[] payload =
          cipher(Cipher.DECRYPT_MODE, okm, header)
              .doFinal(ciphertext, COMMITMENT_BYTES, ciphertext.length - COMMITMENT_BYTES);
      return new OpenOutcome.Opened(payload);
    } catch (AEADBadTagException e) {
      return new OpenOutcome.Damaged(
          "the solution is right, but the encrypted payload was altered");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    } finally {
      Arrays.fill(okm, (byte) 0);
    }
  }

  /** y* as the bytes that go into HKDF. The caller wipes them. */
  static byte[] canonicalSolution(BigInteger modulus, BigInteger y) {
    return Canonical.unsigned(y.min(modulus.subtract(y)), (modulus.bitLength() + 7) / 8);
  }

  /** okm: 32 bytes of key, 32 bytes of commitment. The caller wipes them. */
  static byte[] keyMaterial(BigInteger modulus, Bytes header, BigInteger y) {
    byte[] solution = canonicalSolution(modulus, y);
    try {
      return hkdf(solution, Sha256.of(header), INFO, KEY_BYTES + COMMITMENT_BYTES);
    } finally {
      Arrays.fill(solution, (byte) 0);
    }
  }

  /** HKDF-SHA256, extract and expand (RFC 5869, section 2). */
  static byte[] hkdf(byte[] inputKey, byte[] salt, byte[] info, int length) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(inputKey)
                  .addSalt(salt)
                  .thenExpand(info, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
    }
  }

  private static Cipher cipher(int mode, byte[] okm, Bytes header) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(okm, 0, KEY_BYTES, "AES"),
        new GCMParameterSpec(8 * TAG_BYTES, new byte[NONCE_BYTES]));
    cipher.updateAAD(header.toArray());
    return cipher;
  }
}
