package org.tidelock.engine.calibrate;

import org.tidelock.engine.kernel.select.KernelTiming;

/**
 * What a calibration found of one kernel at one modulus length.
 *
 * @param kernel its name
 * @param bits modulus length
 * @param squaringsPerSecond at the median; 0 where the kernel does not run here
 * @param spread (upper quartile - lower quartile) / median of the samples, a fraction
 * @param chosen whether it is the one used at this length
 * @param reason why it is chosen, or not, or does not run here
 */
public record KernelRate(
    String kernel,
    int bits,
    double squaringsPerSecond,
    double spread,
    boolean chosen,
    String reason) {

  public KernelRate {
    if (kernel.isBlank() || bits < 1 || bits > 1 << 20) {
      throw new IllegalArgumentException(
          "kernel %s at %d bits is no measurement".formatted(kernel, bits));
    }
    if (!(squaringsPerSecond >= 0 && squaringsPerSecond < 1e12) || !(spread >= 0 && spread < 1e6)) {
      throw new IllegalArgumentException(
          "%s squarings a second with spread %s is no measurement"
              .formatted(squaringsPerSecond, spread));
    }
    if (chosen && squaringsPerSecond == 0) {
      throw new IllegalArgumentException(
          "kernel %s at %d bits is chosen but does not run".formatted(kernel, bits));
    }
  }

  /** Whether the samples differed too much to rely on, measured twice. */
  public boolean noisy() {
    return spread > KernelTiming.NOISY_SPREAD;
  }
}
