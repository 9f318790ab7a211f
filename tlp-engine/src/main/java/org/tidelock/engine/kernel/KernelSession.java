package org.tidelock.engine.kernel;

import java.math.BigInteger;

/**
 * Working memory of one kernel for one modulus: the modulus, whatever tables are derived from it,
 * and the states computed on.
 *
 * <p>A session and its states belong to one thread at a time. Closing the session frees its native
 * memory, which kernels that own theirs overwrite first; its states are unusable afterwards. Using
 * any of them then throws {@link IllegalStateException}.
 */
public interface KernelSession extends AutoCloseable {

  /** The modulus this session was opened with, as given then. */
  BigInteger modulus();

  /**
   * Creates a state that holds {@code value}.
   *
   * @param value at least 0 and below the modulus
   * @throws IllegalArgumentException if the value is out of that range
   */
  KernelState newState(BigInteger value);

  /**
   * Derives the modulus and all tables again from {@link #modulus()} and compares them with what
   * the kernel computes with. False means that memory was damaged since they were made.
   */
  boolean tablesIntact();

  /** Writes the modulus and all derived tables anew. States keep their contents. */
  void rebuildTables();

  /**
   * Flips one bit of the kernel's own copy of the modulus, so that a test can see the damage
   * caught.
   *
   * @param bit taken modulo the number of bits stored
   */
  void unsafeFlipModulusBit(int bit);

  /**
   * Flips one bit of a table derived from the modulus, so that a test can see the damage caught.
   * Kernels without tables flip a bit of the modulus instead.
   *
   * @param bit taken modulo the number of bits stored
   */
  void unsafeFlipTableBit(int bit);

  @Override
  void close();
}
