package org.tidelock.engine.calibrate;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.tidelock.engine.kernel.select.Candidate;
import org.tidelock.engine.kernel.select.KernelSelector;
import org.tidelock.engine.kernel.select.Selection;

/** Measures every kernel at every standard modulus length, with warm-up, median and spread. */
public final class Calibrator {

  /**
   * Wall time for each kernel at each length: steady enough for a tenth, short enough to wait for.
   */
  public static final Duration DEFAULT_BUDGET = Duration.ofMillis(400);

  private final KernelSelector selector;
  private final Machine machine;
  private final InstantSource clock;

  public Calibrator(KernelSelector selector, Machine machine, InstantSource clock) {
    this.selector = selector;
    this.machine = machine;
    this.clock = clock;
  }

  /**
   * Measures now, on the calling thread.
   *
   * @param budget wall time for each kernel at each length
   * @param measured told of each length's rates as they are known
   */
  public Calibration calibrate(Duration budget, Consumer<List<KernelRate>> measured) {
    List<KernelRate> rates = new ArrayList<>();
    for (int bits : Calibration.SIZES) {
      List<KernelRate> atSize = rates(selector.measure(bits, budget));
      measured.accept(atSize);
      rates.addAll(atSize);
    }
    return new Calibration(machine, clock.instant(), rates);
  }

  private static List<KernelRate> rates(Selection selection) {
    double best =
        selection.candidates().stream()
            .filter(Candidate.Measured.class::isInstance)
            .mapToDouble(c -> ((Candidate.Measured) c).timing().minNanos())
            .min()
            .orElseThrow();
    List<KernelRate> rates = new ArrayList<>();
    for (Candidate candidate : selection.candidates()) {
      rates.add(
          switch (candidate) {
            case Candidate.Measured(var kernel, var timing) -> {
              boolean chosen = kernel.equals(selection.chosen());
              yield new KernelRate(
                  kernel.name(),
                  selection.modulusBits(),
                  timing.squaringsPerSecond(),
                  timing.spread(),
                  chosen,
                  chosen ? selection.reason() : slower(timing.minNanos() / best));
            }
            case Candidate.LeftOut(var kernel, var why) ->
                new KernelRate(
                    kernel.name(),
                    selection.modulusBits(),
                    0,
                    0,
                    false,
                    why.reason() + "; " + why.remedy());
          });
    }
    return rates;
  }

  private static String slower(double ratio) {
    return String.format(Locale.ROOT, "%.2f times slower", ratio);
  }
}
