package org.tidelock.engine.solve;

import java.nio.file.Path;
import java.time.Duration;

/** Something a solver tells while it works. Events come from the thread that solves. */
public sealed interface SolveEvent {

  /** Work begins, or goes on at {@code position}. */
  record Started(String kernel, String kernelReason, long position, long squarings)
      implements SolveEvent {}

  /** A checkpoint on disk could not be trusted; the one before it is tried. */
  record CheckpointSkipped(Path file, String reason) implements SolveEvent {}

  /** A verified state is on disk: work up to {@code position} survives kill -9. */
  record CheckpointSaved(long position) implements SolveEvent {}

  /** Saving failed; solving goes on and the next verified state is tried again. */
  record CheckpointFailed(long position, String reason) implements SolveEvent {}

  /** Where the work stands; at most about four times a second. */
  record Progressed(SolveProgress progress) implements SolveEvent {}

  /**
   * An error in computation was caught and everything since {@code rolledBackTo} is done again.
   *
   * @param attempt 1 for the first failure at this place
   */
  record ErrorCaught(long rolledBackTo, long detectedAt, String reason, int attempt)
      implements SolveEvent {}

  /** The block at {@code position} failed twice and is done by another kernel. */
  record KernelSwitched(String from, String to, long position) implements SolveEvent {}

  /** The last squaring is done and checked. */
  record Finished(long squarings, Duration elapsed) implements SolveEvent {}
}
