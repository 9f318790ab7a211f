package org.tidelock.protocol.suite;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A string of bytes that is secret: held in one array, wiped by {@link #close}, printed as its
 * length only, compared in time independent of its contents. After {@code close} every use is an
 * {@link IllegalStateException}. The JVM may still hold copies the collector made; wiping shortens
 * the time a secret lies in memory, and promises no more.
 *
 * <p>Not thread-safe while it is being closed.
 */
public final class SecretBytes implements AutoCloseable {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] bytes;
  private boolean wiped;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the array over: it is wiped when this is closed, and must not be used elsewhere. */
  public static SecretBytes takeOver(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  /** A copy of the array; the caller wipes its own. */
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /** Fresh bytes from the platform's secure random generator. */
  public static SecretBytes random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return new SecretBytes(bytes);
  }

  /** How many bytes these are. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the secret. The caller wipes it. */
  public byte[] revealCopy() {
    return array().clone();
  }

  /** Whether both hold the same bytes, compared in time independent of where they differ. */
  public boolean matches(SecretBytes other) {
    return MessageDigest.isEqual(array(), other.array());
  }

  /** Overwrites the secret with zeros. Closing twice does nothing more. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    wiped = true;
  }

  @Override
  public String toString() {
    return "secret of %d bytes".formatted(bytes.length);
  }

  /** The secret itself, for the primitives of this package, which neither keep nor change it. */
  byte[] array() {
    if (wiped) {
      throw new IllegalStateException("the secret was wiped");
    }
    return bytes;
  }
}
