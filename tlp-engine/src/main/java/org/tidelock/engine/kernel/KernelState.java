package org.tidelock.engine.kernel;

import java.math.BigInteger;

/**
 * A residue modulo the session's modulus, in the kernel's own representation (Montgomery form,
 * redundant digits, whatever is fastest). Only {@link #set} and {@link #value} convert.
 *
 * <p>Not thread-safe: belongs to the thread that uses its session. Arguments must come from the
 * same session; others are refused with {@link IllegalArgumentException}.
 */
public interface KernelState {

  /** Replaces the residue by {@code value}, which is at least 0 and below the modulus. */
  void set(BigInteger value);

  /** Replaces the residue by that of {@code source}. */
  void copyFrom(KernelState source);

  /**
   * Squares the residue {@code count} times in sequence: {@code s <- s^(2^count) mod N}. The call
   * runs to its end; callers who want to stop promptly ask for few squarings at a time.
   *
   * @param count at least 0
   */
  void square(long count);

  /** Multiplies: {@code s <- s * factor mod N}. The factor may be this state itself. */
  void multiply(KernelState factor);

  /** The residue, at least 0 and below the modulus. The state is unchanged. */
  BigInteger value();

  /**
   * Flips one bit of the stored residue, so that a test can see the damage caught.
   *
   * @param bit taken modulo the number of bits stored
   */
  void unsafeFlipBit(int bit);
}
