package org.tidelock.cli.verb;

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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.Verb;
import org.tidelock.cli.files.FileTrouble;
import org.tidelock.cli.machine.ThisMachine;
import org.tidelock.cli.solving.PuzzleSolving;
import org.tidelock.cli.solving.PuzzleSource;
import org.tidelock.cli.time.Counts;
import org.tidelock.cli.time.DurationText;
import org.tidelock.cli.time.HumanTime;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.kernel.select.KernelTiming;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidelock demo}: locks a message for ten seconds and opens it, with the clock running. */
@Command(
    name = "demo",
    sortOptions = false,
    description = "Lock a message for ten seconds, open it, and compare the times.")
public final class DemoCommand implements Verb {

  private static final int BITS = 2048;

  /** With less of a processor than this, the time taken says more about the neighbours. */
  private static final double ALONE = 0.9;

  private static final Duration MEASURING = Duration.ofSeconds(1);
  private static final String MESSAGE =
      "Nobody could read this ten seconds ago, not even who locked it.\n";

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationText.class,
      defaultValue = "10s",
      description = "Lock for another time than ten seconds.")
  private Duration duration = Duration.ofSeconds(10);

  private final Invocation invocation;

  public DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Path folder = makeFolder();
    Runnable cleanup = () -> remove(folder);
    invocation.interruption().cleanUp(cleanup);
    try {
      ThisMachine machine = new ThisMachine(invocation);
      Speed speed = measure(machine);
      Locked locked = lock(folder, speed);
      Opened opened = open(folder, locked, machine);
      conclude(speed, locked, opened);
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.ERROR, "the demo cannot go on: " + FileTrouble.reason(e), e);
    } finally {
      cleanup.run();
      invocation.interruption().forget(cleanup);
    }
  }

  /** How fast this machine squares at the moment, measured anew: a minute ago is too long ago. */
  private record Speed(String kernel, Profile profile) {
    double squaringsPerSecond() {
      return 1e9 / profile.nanosAt(BITS);
    }
  }

  private record Locked(Path file, long squarings, Duration lockingTook) {}

  /**
   * What opening was like.
   *
   * @param processorShare how much of a processor the solving got, from 0 to 1
   */
  private record Opened(SolveReport run, boolean same, double processorShare) {}

  private Speed measure(ThisMachine machine) {
    var kernel = machine.kernels(BITS).chosen();
    KernelTiming timing = KernelTiming.measure(kernel, BITS, MEASURING);
    Profile profile =
        new Profile("this-machine", new TreeMap<>(Map.of(BITS, timing.medianNanos())));
    Speed speed = new Speed(kernel.name(), profile);
    say(
        "1. This machine squares modulo %d bits with the kernel %s,"
            .formatted(BITS, kernel.name()));
    say("   %s times a second.".formatted(Counts.grouped(Math.round(speed.squaringsPerSecond()))));
    return speed;
  }

  private Locked lock(Path folder, Speed speed) throws IOException {
    long squarings = speed.profile().squaringsFor(duration, BITS);
    Path file = folder.resolve("message.tlk");
    long begin = System.nanoTime();
    try (InputStream in = new ByteArrayInputStream(message());
        OutputStream out = Files.newOutputStream(file);
        ModulusPool pool = ModulusPool.onDemand(BITS);
        PuzzleMaker maker = PuzzleMaker.onePuzzleEach(pool)) {
      new LockFileWriter(maker).lock(in, out, new LockOptions(squarings, List.of(), false));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    say("");
    say(
        "2. Locked a message for %s: %s squarings,"
            .formatted(HumanTime.length(duration), Counts.grouped(squarings)));
    say(
        "   each of which needs the one before. Making the lock took %s, and would for"
            .formatted(HumanTime.length(took)));
    say("   a hundred years: it knows the factors of the modulus, and has now forgotten them.");
    return new Locked(file, squarings, took);
  }

  private Opened open(Path folder, Locked locked, ThisMachine machine) throws IOException {
    say("");
    say("3. Opening it, with nothing but the file:");
    flush();
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
      return new Opened(solved.report(), decryptsToTheMessage(file, solved.value()), share);
    } catch (LockFileFormatException e) {
      throw new IOException("the file just written cannot be read: " + e.getMessage(), e);
    }
  }

  /** Nothing of a demo is kept, so an interrupted one is over. */
  private static SolveOutcome.Solved solve(PuzzleSolving solving, PuzzleSource puzzle) {
    SolveQueue.Result result = solving.solve(List.of(puzzle)).getFirst();
    if (result instanceof SolveQueue.Result.Ended(SolveOutcome.Interrupted interrupted)) {
      throw new CommandFailure(
          ExitCode.CANCELLED,
          "the demo was interrupted at %.2f%% and leaves nothing behind; the next one starts over"
              .formatted(
                  100.0 * interrupted.report().position() / interrupted.report().squarings()));
    }
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

  private boolean decryptsToTheMessage(LockFile file, BigInteger solution) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UnlockOutcome outcome = file.open(solution, List.of(), out);
    return outcome instanceof UnlockOutcome.Unlocked && Arrays.equals(out.toByteArray(), message());
  }

  private void conclude(Speed speed, Locked locked, Opened opened) {
    if (!opened.same()) {
      throw new CommandFailure(ExitCode.ERROR, "what was opened is not what was locked");
    }
    if (invocation.options().json()) {
      invocation.reporter().result(document(speed, locked, opened), "");
      return;
    }
    say("   \"%s\"".formatted(MESSAGE.strip()));
    say("");
    say(
        "4. Promised %s, taken %s (%+.1f%%)."
            .formatted(
                HumanTime.length(duration),
                HumanTime.length(opened.run().elapsed()),
                excessPercent(opened.run())));
    if (opened.processorShare() < ALONE) {
      say(
          "   Other work kept the processor busy: this one got %.0f%% of it."
              .formatted(100 * opened.processorShare()));
    }
    say("");
    say("What this showed:");
    say("  - The key came out of the squarings alone; it was written down nowhere else.");
    say("  - A lock takes a moment to make and its time to open.");
    say(
        "  - Every block of squarings was checked; errors caught: %d."
            .formatted(opened.run().errorsCaught()));
    say("  - What was opened is, byte for byte, what was locked.");
    say("");
    say("Next: tidelock lock --for 3d -o letter.tlk letter.txt; tidelock inspect letter.tlk");
  }

  private Map<String, Object> document(Speed speed, Locked locked, Opened opened) {
    SolveReport run = opened.run();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kernel", speed.kernel());
    fields.put("bits", BITS);
    fields.put("squaringsPerSecond", speed.squaringsPerSecond());
    fields.put("squarings", locked.squarings());
    fields.put("secondsToLock", locked.lockingTook().toMillis() / 1000.0);
    fields.put("secondsPromised", duration.toMillis() / 1000.0);
    fields.put("secondsTaken", run.elapsed().toMillis() / 1000.0);
    fields.put("excessPercent", excessPercent(run));
    fields.put("processorShare", opened.processorShare());
    fields.put("errorsCaught", run.errorsCaught());
    fields.put("sameBytes", true);
    return fields;
  }

  private double excessPercent(SolveReport run) {
    return 100.0 * (run.elapsed().toNanos() - duration.toNanos()) / duration.toNanos();
  }

  private static byte[] message() {
    return MESSAGE.getBytes(StandardCharsets.UTF_8);
  }

  private void say(String line) {
    if (!invocation.options().json()) {
      invocation.console().out().println(line);
    }
  }

  private void flush() {
    invocation.console().out().flush();
  }

  private static Path makeFolder() {
    try {
      return Files.createTempDirectory("tidelock-demo");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.ERROR,
          "no place for temporary files: %s; name another folder with TIDELOCK_JAVA_OPTS=-Djava.io.tmpdir=DIR"
              .formatted(FileTrouble.reason(e)),
          e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      // The system clears its temporary folder; the demo's result does not depend on it.
    }
  }
}
