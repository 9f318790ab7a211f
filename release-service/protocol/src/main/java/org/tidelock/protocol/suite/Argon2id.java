package org.tidelock.protocol.suite;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.tidelock.engine.puzzle.Bytes;

/**
 * Argon2id version 1.3 (RFC 9106): the reference implementation in C through argon2-jvm where its
 * library loads, else BouncyCastle's. Both give the same bytes. Thread-safe. A call holds {@code
 * memoryKib} of memory and takes about 0.2 s at the default cost.
 */
public final class Argon2id {

  /** How many bytes a salt has. */
  public static final int SALT_BYTES = 16;

  private static final int OUTPUT_BYTES = 32;
  private static final int MAX_UTF8_BYTES_PER_CHAR = 3;

  private Argon2id() {}

  /**
   * The 32 bytes a password gives. The password is taken in Unicode normal form C and encoded in
   * UTF-8, so that it does not depend on the keyboard it was typed on. The caller wipes it.
   *
   * @param salt 16 bytes
   */
  public static SecretBytes derive(char[] password, Bytes salt, Argon2Cost cost) {
    if (salt.length() != SALT_BYTES) {
      throw new IllegalArgumentException(
          "salt has %d bytes; %d required".formatted(salt.length(), SALT_BYTES));
    }
    byte[] encoded = encode(password);
    try {
      return SecretBytes.takeOver(
          engine()
              .hash(
                  new Argon2Engine.Input(
                      encoded,
                      salt.toArray(),
                      new byte[0],
                      new byte[0],
                      cost.memoryKib(),
                      cost.iterations(),
                      cost.parallelism(),
                      OUTPUT_BYTES)));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** Which implementation this process uses, and if not the fast one, why. */
  public static String implementation() {
    return Chosen.REASON;
  }

  static Argon2Engine engine() {
    return Chosen.ENGINE;
  }

  private static byte[] encode(char[] password) {
    CharSequence characters = CharBuffer.wrap(password);
    CharBuffer normal =
        Normalizer.isNormalized(characters, Normalizer.Form.NFC)
            ? CharBuffer.wrap(password)
            : CharBuffer.wrap(Normalizer.normalize(characters, Normalizer.Form.NFC));
    ByteBuffer buffer = ByteBuffer.allocate(MAX_UTF8_BYTES_PER_CHAR * normal.remaining());
    CoderResult result = StandardCharsets.UTF_8.newEncoder().encode(normal, buffer, true);
    byte[] encoded = Arrays.copyOf(buffer.array(), buffer.position());
    Arrays.fill(buffer.array(), (byte) 0);
    if (result.isError()) {
      Arrays.fill(encoded, (byte) 0);
      throw new IllegalArgumentException("password has half a surrogate pair; Unicode required");
    }
    return encoded;
  }

  /** Chosen once, when the first password is hashed. */
  private static final class Chosen {
    static final Argon2Engine ENGINE;
    static final String REASON;

    static {
      Argon2Engine engine;
      String reason;
      try {
        engine = NativeArgon2.load();
        reason = "argon2-jvm, the reference implementation";
      } catch (LinkageError e) {
        engine = new BouncyArgon2();
        reason = "BouncyCastle: the native library does not load (%s)".formatted(e.getMessage());
      }
      ENGINE = engine;
      REASON = reason;
    }
  }
}
