package org.tidelock.cli.verb;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.files.FileTrouble;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.time.Counts;
import org.tidelock.engine.calibrate.Calibration;
import org.tidelock.engine.calibrate.CalibrationFile;
import org.tidelock.engine.calibrate.Calibrator;
import org.tidelock.engine.calibrate.KernelRate;
import picocli.CommandLine.Command;

/** {@code tidelock calibrate}: measures this machine and remembers the result. */
@Command(
    name = "calibrate",
    sortOptions = false,
    description = "Measure how fast this machine squares, with every kernel; remember the fastest.",
    footer = {
      "",
      "The result is kept in calibration.json in the home folder and used by every other verb until",
      "CPU, JDK or version change. Run it on an idle machine: what varies by more than 15% is",
      "measured once more, and warned of if it still does."
    })
public final class CalibrateCommand implements Verb {

  private final Invocation invocation;

  public CalibrateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    requireAllKernels();
    CalibrationFile file = new CalibrationFile(ThisMachine.fileIn(invocation.home()));
    requireWritable(file);
    Calibration calibration = measure();
    invocation.interruption().commandDecidesEnd();
    keep(file, calibration);
    ThisMachine.warnOfNoise(invocation.reporter(), calibration);
    invocation.reporter().result(document(calibration), table(calibration));
    return ExitCode.DONE;
  }

  private void requireAllKernels() {
    if (invocation.kernel().isPresent()) {
      throw CommandFailure.usage(
          "--kernel does not go with calibrate, which compares all kernels; leave it out");
    }
  }

  /** Said before the measurement, not after. */
  private void requireWritable(CalibrationFile file) {
    Path folder = invocation.home();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    if (!Files.isWritable(folder)) {
      throw unwritable(file, new AccessDeniedException(folder.toString()));
    }
  }

  private static CommandFailure unwritable(CalibrationFile file, IOException cause) {
    return new CommandFailure(
        ExitCode.ERROR,
        "cannot write %s: %s; name another folder with --home"
            .formatted(file.path(), FileTrouble.reason(cause)),
        cause);
  }

  private Calibration measure() {
    ThisMachine machine = new ThisMachine(invocation);
    invocation
        .reporter()
        .note("measuring %d kernels".formatted(machine.selector().kernels().size()));
    return new Calibrator(machine.selector(), ThisMachine.identity(), invocation.console().clock())
        .calibrate(
            Calibrator.DEFAULT_BUDGET,
            rates -> invocation.reporter().note(rates.getFirst().bits() + " bits measured"));
  }

  private void keep(CalibrationFile file, Calibration calibration) {
    try {
      file.write(calibration);
      invocation.reporter().note("kept in " + file.path());
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static List<Map<String, Object>> document(Calibration calibration) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (KernelRate rate : calibration.rates()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("kernel", rate.kernel());
      row.put("bits", rate.bits());
      row.put("squaringsPerSecond", rate.squaringsPerSecond());
      row.put("spread", rate.spread());
      row.put("noisy", rate.noisy());
      row.put("chosen", rate.chosen());
      row.put("reason", rate.reason());
      rows.add(row);
    }
    return rows;
  }

  private static String table(Calibration calibration) {
    List<String> lines = new ArrayList<>();
    lines.add("bits  kernel         squarings/s        ns  spread");
    int bits = 0;
    for (KernelRate rate : calibration.rates()) {
      if (bits != 0 && rate.bits() != bits) {
        lines.add("");
      }
      bits = rate.bits();
      lines.add(row(rate));
    }
    return String.join("\n", lines);
  }

  private static String row(KernelRate rate) {
    if (rate.squaringsPerSecond() == 0) {
      return String.format(
          Locale.ROOT, "%4d  %-12s does not run: %s", rate.bits(), rate.kernel(), rate.reason());
    }
    return String.format(
        Locale.ROOT,
        "%4d  %-12s %13s %9.1f  %5.1f%%  %s%s",
        rate.bits(),
        rate.kernel(),
        Counts.grouped(Math.round(rate.squaringsPerSecond())),
        1e9 / rate.squaringsPerSecond(),
        100 * rate.spread(),
        rate.chosen() ? "chosen: " : "",
        rate.reason());
  }
}
