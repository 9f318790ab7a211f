package org.tidelock.engine.calibrate;

import java.time.Duration;

/**
 * How long a number of squarings takes, as the range it really is.
 *
 * @param fastestKnown on the fastest hardware known, FPGA or CPU: nobody known opens it sooner
 * @param here on this machine, by its calibration
 * @param slowLaptop on a laptop without special instructions
 */
public record Estimate(Duration fastestKnown, Duration here, Duration slowLaptop) {

  /**
   * The estimate for {@code squarings} modulo a number of {@code bits} bits.
   *
   * @param thisMachine the calibration's profile
   */
  public static Estimate of(long squarings, int bits, Profile thisMachine) {
    Duration fastest = Profile.FASTEST_CPU.durationOf(squarings, bits);
    if (Profile.FPGA.covers(bits)) {
      Duration fpga = Profile.FPGA.durationOf(squarings, bits);
      fastest = fpga.compareTo(fastest) < 0 ? fpga : fastest;
    }
    Duration here = thisMachine.durationOf(squarings, bits);
    return new Estimate(
        here.compareTo(fastest) < 0 ? here : fastest,
        here,
        Profile.SLOW_LAPTOP.durationOf(squarings, bits));
  }
}
