package org.tidelock.engine.solve;

import java.time.Duration;
import java.util.List;
import org.tidelock.engine.kernel.select.Selection;

/**
 * What a solver works with.
 *
 * @param kernels the kernel to use and its stand-ins
 * @param checkpointInterval wall time between verified states on disk, from 10 ms to 1 h; at most
 *     about twice this much work is lost by kill -9
 * @param injectedErrors damage done on purpose, for tests; empty otherwise
 */
public record SolverSettings(
    Selection kernels, Duration checkpointInterval, List<InjectedError> injectedErrors) {

  /** Half of the ten seconds promised, so that a machine that slows down keeps the promise too. */
  public static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(4);

  public SolverSettings {
    if (checkpointInterval.compareTo(Duration.ofMillis(10)) < 0
        || checkpointInterval.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "checkpoint interval is %s; 10 ms to 1 h allowed".formatted(checkpointInterval));
    }
    injectedErrors = List.copyOf(injectedErrors);
  }

  /** The default checkpoint interval and no injected errors. */
  public static SolverSettings of(Selection kernels) {
    return new SolverSettings(kernels, DEFAULT_CHECKPOINT_INTERVAL, List.of());
  }
}
