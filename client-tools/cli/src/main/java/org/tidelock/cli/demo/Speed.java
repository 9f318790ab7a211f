package org.tidelock.cli.demo;

import java.time.Duration;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.select.KernelTiming;

/**
 * How fast this machine squares at the moment, measured anew: a minute ago is too long ago.
 *
 * @param kernel its name
 * @param profile named as others know it too
 */
record Speed(String kernel, Profile profile) {

  static final int BITS = 2048;

  private static final Duration MEASURING = Duration.ofSeconds(1);

  static Speed measure(ThisMachine machine) {
    SquaringKernel kernel = machine.kernels(BITS).chosen();
    double nanos = KernelTiming.measure(kernel, BITS, MEASURING).medianNanos();
    return new Speed(kernel.name(), Profile.ofPicos(Math.max(1, Math.round(nanos * 1000))));
  }

  double squaringsPerSecond() {
    return 1e9 / profile.nanosAt(BITS);
  }
}
