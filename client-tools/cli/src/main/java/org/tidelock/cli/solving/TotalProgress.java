package org.tidelock.cli.solving;

import java.time.Duration;
import org.tidelock.engine.solve.SolveProgress;

/**
 * How far several puzzles have come together.
 *
 * @param puzzles how many there are
 * @param solved how many of them are done
 * @param position squarings done, of all of them
 * @param squarings squarings there are, of all of them
 * @param squaringsPerSecond of those at work now, together
 * @param errorsCaught errors caught and rolled back so far
 */
record TotalProgress(
    int puzzles,
    int solved,
    double position,
    double squarings,
    double squaringsPerSecond,
    int errorsCaught) {

  private static final double LONGEST_SECONDS = 1e17;

  /** Nothing done yet of {@code puzzles} puzzles. */
  static TotalProgress none(int puzzles, double squarings) {
    return new TotalProgress(puzzles, 0, 0, squarings, 0, 0);
  }

  /** The same with one more puzzle at work. */
  TotalProgress plus(SolveProgress one, boolean done) {
    return new TotalProgress(
        puzzles,
        solved + (done ? 1 : 0),
        position + one.position(),
        squarings,
        squaringsPerSecond + (done ? 0 : one.squaringsPerSecond()),
        errorsCaught + one.errorsCaught());
  }

  double percent() {
    return 100 * position / squarings;
  }

  /** The time left at the present rate; zero while none is known. */
  Duration remaining() {
    if (squaringsPerSecond <= 0) {
      return Duration.ZERO;
    }
    double seconds = Math.min((squarings - position) / squaringsPerSecond, LONGEST_SECONDS);
    return Duration.ofSeconds((long) seconds, (long) (seconds % 1 * 1e9));
  }
}
