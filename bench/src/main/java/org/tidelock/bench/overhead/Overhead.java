package org.tidelock.bench.overhead;

import java.util.Locale;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.MarkdownTable;
import org.tidelock.bench.report.MedianInterval;
import org.tidelock.bench.report.Samples;

/**
 * What the solver costs; written as JSON as it stands, so field names are a format.
 *
 * @param environment where
 * @param kernel the kernel both sides use
 * @param kernelReason why it
 * @param bits length of the modulus
 * @param squarings in each run of each side
 * @param cpuRatio CPU time of the solver by that of the bare loop, pair by pair
 * @param cpuRatioMedian95 where the true median of that lies, with 95% confidence
 * @param wallRatio the same of wall time
 * @param bareCpuMillis CPU time of the bare loop
 * @param solverCpuMillis CPU time of the solver
 * @param checkpointsPerRun verified states synced to disk in one run
 * @param progressEventsPerRun progress told in one run
 */
record Overhead(
    Environment environment,
    String kernel,
    String kernelReason,
    int bits,
    long squarings,
    Samples cpuRatio,
    MedianInterval cpuRatioMedian95,
    Samples wallRatio,
    Samples bareCpuMillis,
    Samples solverCpuMillis,
    double checkpointsPerRun,
    double progressEventsPerRun) {

  String toMarkdown() {
    MarkdownTable table =
        new MarkdownTable(
            "solver / bare loop", "median", "lower quartile", "upper quartile", "min", "max");
    ratios(table, "CPU time", cpuRatio);
    ratios(table, "wall time", wallRatio);
    return String.format(
        Locale.ROOT,
        """
        # What error check, checkpoints and progress cost

        %s- kernel: %s (%s), %d bits
        - %d interleaved pairs of %,d squarings: the solver, and the kernel in a bare loop, in turn \
        first and second
        - bare loop: median %.1f ms of CPU time; solver: %.1f ms, with %.1f checkpoints and %.1f \
        progress reports a run

        CPU time is that of the solving thread, in user mode and in the kernel.

        **Cost, from the median of the pairs: %+.2f%% of CPU time** (95%% confidence: %+.2f%% to \
        %+.2f%%).

        %s""",
        environment.toMarkdown(),
        kernel,
        kernelReason,
        bits,
        cpuRatio.count(),
        squarings,
        bareCpuMillis.median(),
        solverCpuMillis.median(),
        checkpointsPerRun,
        progressEventsPerRun,
        percent(cpuRatio.median()),
        percent(cpuRatioMedian95.low()),
        percent(cpuRatioMedian95.high()),
        table);
  }

  private static double percent(double ratio) {
    return (ratio - 1) * 100;
  }

  private static void ratios(MarkdownTable table, String name, Samples ratio) {
    table.row(
        name,
        number(ratio.median()),
        number(ratio.lowerQuartile()),
        number(ratio.upperQuartile()),
        number(ratio.min()),
        number(ratio.max()));
  }

  private static String number(double ratio) {
    return String.format(Locale.ROOT, "%.4f", ratio);
  }
}
