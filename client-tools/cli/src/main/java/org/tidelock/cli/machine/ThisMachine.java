package org.tidelock.cli.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Version;
import org.tidelock.cli.files.FileTrouble;
import org.tidelock.cli.terminal.Reporter;
import org.tidelock.engine.calibrate.Calibration;
import org.tidelock.engine.calibrate.CalibrationFile;
import org.tidelock.engine.calibrate.Calibrator;
import org.tidelock.engine.calibrate.Estimate;
import org.tidelock.engine.calibrate.KernelRate;
import org.tidelock.engine.calibrate.Machine;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.kernel.KernelUnavailableException;
import org.tidelock.engine.kernel.select.KernelSelector;
import org.tidelock.engine.kernel.select.KernelTiming;
import org.tidelock.engine.kernel.select.Selection;

/**
 * The machine at hand: which kernel it squares with and how fast. Its calibration is taken from the
 * file in the user's home; where that is missing or no longer holds, it is measured and written
 * anew. Not thread-safe.
 */
public final class ThisMachine {

  private final Invocation invocation;
  private final KernelSelector selector = KernelSelector.ofAll();
  private @Nullable Calibration calibration;

  public ThisMachine(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The kernels of this build. */
  public KernelSelector selector() {
    return selector;
  }

  /** Where the calibration is kept, below the home folder. */
  public static Path fileIn(Path home) {
    return home.resolve("calibration.json");
  }

  /** The machine a calibration has to be made for. */
  public static Machine identity() {
    return Machine.here(Version.number(), KernelSelector.ofAll());
  }

  /** The kernel to square with for moduli of {@code bits} bits, and its stand-ins. */
  public Selection kernels(int bits) {
    Optional<String> forced = invocation.kernel();
    return forced.isPresent() ? forced(forced.get(), bits) : calibration().select(selector, bits);
  }

  /** The speed of those kernels, as a profile named {@code this-machine}. */
  public Profile profile(int bits) {
    if (invocation.kernel().isEmpty()) {
      return calibration().thisMachine();
    }
    KernelTiming timing =
        KernelTiming.measure(kernels(bits).chosen(), bits, Calibrator.DEFAULT_BUDGET);
    return new Profile("this-machine", new TreeMap<>(Map.of(bits, timing.medianNanos())));
  }

  /** How long squarings take on the fastest hardware known, here, and on a slow laptop. */
  public Estimate estimate(long squarings, int bits) {
    return Estimate.of(squarings, bits, profile(bits));
  }

  private Selection forced(String name, int bits) {
    try {
      return selector.force(name, bits);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    } catch (KernelUnavailableException e) {
      throw new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
    }
  }

  private Calibration calibration() {
    Calibration known = calibration;
    if (known == null) {
      known = recalledOrMeasured();
      calibration = known;
    }
    return known;
  }

  private Calibration recalledOrMeasured() {
    Optional<CalibrationFile> file =
        invocation.homeIfAny().map(home -> new CalibrationFile(fileIn(home)));
    if (file.isEmpty()) {
      return measured("no home folder keeps a calibration");
    }
    return switch (file.get().read(identity())) {
      case CalibrationFile.Read.Valid(Calibration valid) -> valid;
      case CalibrationFile.Read.Unusable(String reason) -> {
        Calibration measured = measured(reason);
        remember(file.get(), measured);
        yield measured;
      }
    };
  }

  private Calibration measured(String reason) {
    invocation.reporter().note(reason + "; measuring its speed now, a few seconds");
    return new Calibrator(selector, identity(), invocation.console().clock())
        .calibrate(Calibrator.DEFAULT_BUDGET, rates -> {});
  }

  /** Says which figures other work has spoilt, if any. */
  public static void warnOfNoise(Reporter reporter, Calibration calibration) {
    for (KernelRate rate : calibration.noisy()) {
      reporter.warning(
          "the speed of %s at %d bits varied by %.0f%%, measured twice; above %.0f%% other work has disturbed it, and times told here are rough; run tidelock calibrate again on an idle machine"
              .formatted(
                  rate.kernel(),
                  rate.bits(),
                  100 * rate.spread(),
                  100 * KernelTiming.NOISY_SPREAD));
    }
  }

  private void remember(CalibrationFile file, Calibration measured) {
    try {
      file.write(measured);
      warnOfNoise(invocation.reporter(), measured);
    } catch (IOException e) {
      invocation
          .reporter()
          .warning(
              "cannot keep the calibration in %s: %s; name another folder with --home"
                  .formatted(file.path(), FileTrouble.reason(e)));
    }
  }
}
