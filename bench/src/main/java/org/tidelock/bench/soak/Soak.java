package org.tidelock.bench.soak;

import java.util.Locale;
import org.tidelock.bench.report.Environment;

/**
 * What a soak came to; written as JSON as it stands, so field names are a format.
 *
 * @param environment where
 * @param kernel the kernel
 * @param bits length of the modulus
 * @param squarings asked for
 * @param position verified in the end; less than asked for if it was stopped
 * @param hours of wall time
 * @param squaringsPerSecond on average
 * @param errorsCaught failed checks
 * @param kernelSwitches blocks that another kernel had to do
 * @param checkpointsSaved verified states synced to disk
 * @param outcome {@code right}, {@code wrong}, {@code stopped} or {@code abandoned}
 */
record Soak(
    Environment environment,
    String kernel,
    int bits,
    long squarings,
    long position,
    double hours,
    double squaringsPerSecond,
    int errorsCaught,
    int kernelSwitches,
    long checkpointsSaved,
    String outcome) {

  /** Ran to its end, reached the trapdoor's answer, and no check failed on the way. */
  boolean clean() {
    return outcome.equals("right") && errorsCaught == 0 && kernelSwitches == 0;
  }

  String toMarkdown() {
    return String.format(
        Locale.ROOT,
        """
        # A long solve against a known answer

        %s- kernel: %s, %d bits
        - squarings: %,d of %,d, in %.3f hours, %,.0f a second
        - failed checks: %d
        - blocks done by another kernel: %d
        - checkpoints saved: %,d
        - answer, compared with the trapdoor's: **%s**
        """,
        environment.toMarkdown(),
        kernel,
        bits,
        position,
        squarings,
        hours,
        squaringsPerSecond,
        errorsCaught,
        kernelSwitches,
        checkpointsSaved,
        outcome);
  }
}
