package org.tidelock.engine.calibrate;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.tidelock.engine.kernel.select.KernelSelector;
import org.tidelock.engine.kernel.select.Selection;

/**
 * What this machine's kernels were measured to do.
 *
 * @param machine where it holds
 * @param measuredAt when it was measured
 * @param rates every kernel at every length measured, in that order
 */
public record Calibration(Machine machine, Instant measuredAt, List<KernelRate> rates) {

  /** The modulus lengths that are measured, in bits. */
  public static final List<Integer> SIZES = List.of(1024, 2048, 3072, 4096);

  public Calibration {
    rates = List.copyOf(rates);
    if (rates.stream().noneMatch(KernelRate::chosen)) {
      throw new IllegalArgumentException("a calibration chooses at least one kernel");
    }
  }

  /** The chosen kernels whose figures are too noisy to rely on; usually none. */
  public List<KernelRate> noisy() {
    return rates.stream().filter(rate -> rate.chosen() && rate.noisy()).toList();
  }

  /** The speed of the chosen kernels as a profile, named {@code this-machine}. */
  public Profile thisMachine() {
    NavigableMap<Integer, Double> nanos = new TreeMap<>();
    for (KernelRate rate : rates) {
      if (rate.chosen()) {
        nanos.put(rate.bits(), 1e9 / rate.squaringsPerSecond());
      }
    }
    return new Profile("this-machine", nanos);
  }

  /** The kernel chosen at exactly {@code bits}, if that length was measured. */
  public Optional<KernelRate> chosenAt(int bits) {
    return rates.stream().filter(rate -> rate.chosen() && rate.bits() == bits).findFirst();
  }

  /**
   * The kernels for moduli of {@code bits} bits: as chosen here where that length was measured,
   * measured briefly now where it was not.
   */
  public Selection select(KernelSelector selector, int bits) {
    return chosenAt(bits)
        .map(rate -> selector.recall(rate.kernel(), bits, "calibrated: " + rate.reason()))
        .orElseGet(() -> selector.select(bits));
  }
}
