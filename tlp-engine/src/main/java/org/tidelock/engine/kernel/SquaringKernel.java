package org.tidelock.engine.kernel;

import java.math.BigInteger;
import java.time.Duration;

/**
 * One way of computing long chains of squarings modulo N.
 *
 * <p>A kernel is a stateless description of an implementation and is safe for use by many threads;
 * what it computes with lives in the {@link KernelSession}s it opens.
 */
public interface SquaringKernel {

  /** The name users select it by ({@code --kernel}): lower case, stable across releases. */
  String name();

  /**
   * Whether this machine can run the kernel for moduli of {@code modulusBits} bits, and if not,
   * why.
   */
  KernelSupport support(int modulusBits);

  /**
   * How long the kernel squares before it runs at full speed: zero for native code, up to seconds
   * for code that the Java machine compiles as it runs.
   */
  default Duration warmUp() {
    return Duration.ZERO;
  }

  /**
   * Opens a session for arithmetic modulo {@code modulus}.
   *
   * @param modulus odd and greater than 1
   * @throws IllegalArgumentException if the modulus is even or at most 1
   * @throws KernelUnavailableException if {@link #support} says no for this modulus' length
   */
  KernelSession open(BigInteger modulus);
}
