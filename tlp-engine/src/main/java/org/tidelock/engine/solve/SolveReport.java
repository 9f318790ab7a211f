package org.tidelock.engine.solve;

import java.time.Duration;

/**
 * What one run of a solver did.
 *
 * @param resumedFrom the position this run began at, 0 for a fresh start
 * @param position the verified position it ended at
 * @param savedPosition the position of its last checkpoint; behind {@code position} where writing
 *     failed, 0 where there is none
 * @param squarings T
 * @param errorsCaught errors caught and rolled back since the puzzle was begun, earlier runs
 *     included
 * @param kernelSwitches blocks that another kernel had to do, in this run
 * @param checkpointsSkipped checkpoint files found damaged or foreign when this run began
 * @param elapsed wall time of this run
 * @param kernel the name of the kernel chosen
 */
public record SolveReport(
    long resumedFrom,
    long position,
    long savedPosition,
    long squarings,
    int errorsCaught,
    int kernelSwitches,
    int checkpointsSkipped,
    Duration elapsed,
    String kernel) {

  /** Squarings of this run by its wall time; 0 for a run that took no time. */
  public double squaringsPerSecond() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? (position - resumedFrom) / seconds : 0;
  }
}
