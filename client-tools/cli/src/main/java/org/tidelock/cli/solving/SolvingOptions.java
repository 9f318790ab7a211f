package org.tidelock.cli.solving;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.time.DurationText;
import org.tidelock.engine.solve.InjectedError;
import org.tidelock.engine.solve.SolverSettings;
import picocli.CommandLine.Option;

/** The options of every verb that solves. */
public final class SolvingOptions {

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where checkpoints are kept. Default: the folder work in the home folder.")
  private @Nullable Path workDir;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "DURATION",
      hidden = true,
      converter = DurationText.class,
      description = "For tests: save this often, from 10 ms (PT0.01S) to 1 h. Default: 4s.")
  private Duration checkpointInterval = SolverSettings.DEFAULT_CHECKPOINT_INTERVAL;

  @Option(
      names = "--inject-error",
      paramLabel = "KIND@POSITION[xTIMES]",
      hidden = true,
      description =
          "For tests: damage state, check, modulus or table, or zero the state, at a squaring.")
  private List<String> errors = List.of();

  /**
   * The solving that the options ask for.
   *
   * @throws CommandFailure if an error to inject cannot be read, or no work folder is known
   */
  public PuzzleSolving solving(Invocation invocation) {
    return new PuzzleSolving(
        invocation,
        new ThisMachine(invocation),
        workDir(invocation),
        requireReasonable(checkpointInterval),
        injectedErrors());
  }

  private static Duration requireReasonable(Duration interval) {
    if (interval.compareTo(Duration.ofMillis(10)) < 0
        || interval.compareTo(Duration.ofHours(1)) > 0) {
      throw CommandFailure.usage(
          "--checkpoint-every is %s; 10 ms to 1 h allowed".formatted(interval));
    }
    return interval;
  }

  private List<InjectedError> injectedErrors() {
    try {
      return errors.stream().map(InjectedError::parse).toList();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--inject-error: " + e.getMessage());
    }
  }

  private Path workDir(Invocation invocation) {
    return workDir != null
        ? invocation.console().resolve(workDir)
        : invocation.home().resolve("work");
  }
}
