package org.tidelock.cli.demo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.solving.PuzzleSolving;
import org.tidelock.cli.solving.PuzzleSource;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.engine.lockfile.LockFile;
import org.tidelock.engine.lockfile.LockFileFormatException;
import org.tidelock.engine.lockfile.LockFileWriter;
import org.tidelock.engine.lockfile.LockOptions;
import org.tidelock.engine.lockfile.UnlockOutcome;
import org.tidelock.engine.puzzle.ModulusPolicy;
import org.tidelock.engine.puzzle.ModulusPool;
import org.tidelock.engine.puzzle.PuzzleMaker;
import org.tidelock.engine.solve.SolveOutcome;
import org.tidelock.engine.solve.SolveQueue;
import org.tidelock.engine.solve.SolveReport;
import org.tidelock.engine.solve.SolverSettings;

/** The first part: a file is locked for a while and opened with nothing but itself. */
final class LockedFile {

  /** With less of a processor than this, the time taken says more about the neighbours. */
  private static final double ALONE = 0.9;

  private static final String TEXT =
      "Nobody could read this a moment ago, not even who locked it.\n";

  private final Invocation invocation;
  private final Story story;
  private final Speed speed;
  private final Duration duration;

  LockedFile(Invocation invocation, Story story, Speed speed, Duration duration) {
    this.invocation = invocation;
    this.story = story;
    this.speed = speed;
    this.duration = duration;
  }

  /**
   * What locking and opening was like. That the bytes were the same was checked.
   *
   * @param processorShare how much of a processor the solving got, from 0 to 1
   */
  record Facts(
      Duration promised,
      long squarings,
      Duration lockingTook,
      SolveReport run,
      double processorShare) {

    double excessPercent() {
      return 100.0 * (run.elapsed().toNanos() - promised.toNanos()) / promised.toNanos();
    }

    Map<String, Object> document() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("squarings", squarings);
      fields.put("secondsToLock", lockingTook.toMillis() / 1000.0);
      fields.put("secondsPromised", promised.toMillis() / 1000.0);
      fields.put("secondsTaken", run.elapsed().toMillis() / 1000.0);
      fields.put("excessPercent", excessPercent());
      fields.put("processorShare", processorShare);
      fields.put("errorsCaught", run.errorsCaught());
      fields.put("sameBytes", true);
      return fields;
    }
  }

  private record Locked(Path file, long squarings, Duration took) {}

  /** Locks and opens. */
  Facts tell(Path folder, ThisMachine machine) throws IOException {
    Locked locked = lock(folder.resolve("message.tlk"));
    Facts facts = open(folder, locked, machine);
    story.more("\"%s\"".formatted(TEXT.strip()));
    story.more(
        "Promised %s, taken %s (%+.1f%%)."
            .formatted(
                HumanTime.length(duration),
                HumanTime.length(facts.run().elapsed()),
                facts.excessPercent()));
    if (facts.processorShare() < ALONE) {
      story.more(
          "Other work kept the processor busy: this one got %.0f%% of it."
              .formatted(100 * facts.processorShare()));
    }
    return facts;
  }

  private Locked lock(Path file) throws IOException {
    long squarings = speed.profile().squaringsFor(duration, Speed.BITS);
    long begin = System.nanoTime();
    try (InputStream in = new ByteArrayInputStream(bytes());
        OutputStream out = Files.newOutputStream(file);
        ModulusPool pool = ModulusPool.onDemand(Speed.BITS);
        PuzzleMaker maker = PuzzleMaker.onePuzzleEach(pool)) {
      new LockFileWriter(maker).lock(in, out, new LockOptions(squarings, List.of(), false));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    story.step(
        """
        Locked a file for %s: %s squarings, each of which needs the one
        before. That took %s, and would for a hundred years: the lock's maker knew the
        factors of the modulus, and has forgotten them."""
            .formatted(
                HumanTime.length(duration), Counts.grouped(squarings), HumanTime.length(took)));
    return new Locked(file, squarings, took);
  }

  private Facts open(Path folder, Locked locked, ThisMachine machine) throws IOException {
    story.step("Opening it, with nothing but the file:");
    try (InputStream in = Files.newInputStream(locked.file())) {
      LockFile file = LockFile.read(in, ModulusPolicy.STANDARD);
      PuzzleSolving solving =
          new PuzzleSolving(
              invocation,
              machine,
              folder.resolve("work"),
              SolverSettings.DEFAULT_CHECKPOINT_INTERVAL,
              List.of());
      Duration before = processorTime();
      SolveOutcome.Solved solved =
          solve(solving, new PuzzleSource.Locked("message.tlk", file.info()));
      double share = share(processorTime().minus(before), solved.report().elapsed());
      requireSame(file, solved.value());
      return new Facts(duration, locked.squarings(), locked.took(), solved.report(), share);
    } catch (LockFileFormatException e) {
      throw new IOException("the file just written cannot be read: " + e.getMessage(), e);
    }
  }

  private SolveOutcome.Solved solve(PuzzleSolving solving, PuzzleSource puzzle) {
    SolveQueue.Result result = solving.solve(List.of(puzzle)).getFirst();
    story.goOn();
    return solving.required(puzzle.name(), result);
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double share(Duration processor, Duration wall) {
    return processor.isZero() || wall.isZero()
        ? 1
        : Math.min(1, (double) processor.toNanos() / wall.toNanos());
  }

  private static void requireSame(LockFile file, BigInteger solution) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UnlockOutcome outcome = file.open(solution, List.of(), out);
    if (!(outcome instanceof UnlockOutcome.Unlocked)
        || !Arrays.equals(out.toByteArray(), bytes())) {
      throw new CommandFailure(ExitCode.ERROR, "what was opened is not what was locked");
    }
  }

  private static byte[] bytes() {
    return TEXT.getBytes(StandardCharsets.UTF_8);
  }
}
