package org.tidelock.engine.kernel;

/** Whether a kernel can run here for a given modulus length. */
public sealed interface KernelSupport {

  /** It can. */
  record Supported() implements KernelSupport {}

  /**
   * It cannot.
   *
   * @param reason what is missing, such as {@code the CPU has no AVX-512 IFMA}
   * @param remedy what a user can do about it, or a sentence that nothing can be done
   */
  record Unsupported(String reason, String remedy) implements KernelSupport {}
}
