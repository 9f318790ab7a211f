package org.tidelock.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.jvm.BigIntegerKernel;
import org.tidelock.engine.kernel.select.Selection;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.SquaringWork;

class SolverTest {

  private static final long SEED = 20_261_120;

  @TempDir Path workDir;

  private final List<SolveEvent> events = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 63, 64, 65, 100, 4096, 4097, 12_345})
  void solvesWhatSquaringByHandGives(long squarings) throws IOException {
    SquaringWork work = work(1024, squarings);

    assertThat(solve(work)).isEqualTo(plainly(work));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 64, 511, 512, 513, 1000, 2050})
  void solvesModuliOfOddLengths(int bits) throws IOException {
    SquaringWork work = work(bits, 3000);

    assertThat(solve(work)).isEqualTo(plainly(work));
  }

  @Test
  void solvesTheWorkedExampleOf1996() throws IOException {
    SquaringWork work =
        new SquaringWork(BigInteger.valueOf(253), BigInteger.TWO, 10, Bytes.of(new byte[32]));

    assertThat(solve(work)).isEqualTo(BigInteger.valueOf(71));
  }

  @ParameterizedTest
  @EnumSource(InjectedError.Kind.class)
  void catchesAnInjectedErrorAndStillGivesTheRightAnswer(InjectedError.Kind kind)
      throws IOException {
    SquaringWork work = work(1024, 20_000);

    SolveOutcome outcome = run(work, new StopSignal(), new InjectedError(kind, 9000, 1));

    assertThat(outcome).isInstanceOf(SolveOutcome.Solved.class);
    assertThat(((SolveOutcome.Solved) outcome).value()).isEqualTo(plainly(work));
    assertThat(outcome.report().errorsCaught()).isEqualTo(1);
    assertThat(events).hasAtLeastOneElementOfType(SolveEvent.ErrorCaught.class);
  }

  @ParameterizedTest
  @EnumSource(InjectedError.Kind.class)
  void catchesAnErrorAtTheVeryLastSquaring(InjectedError.Kind kind) throws IOException {
    SquaringWork work = work(1024, 20_011);

    SolveOutcome outcome = run(work, new StopSignal(), new InjectedError(kind, 20_011, 1));

    assertThat(((SolveOutcome.Solved) outcome).value()).isEqualTo(plainly(work));
    // the last squarings are computed twice without a check product, so damage to it changes
    // nothing
    int expected = kind == InjectedError.Kind.CHECK ? 0 : 1;
    assertThat(outcome.report().errorsCaught()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(value = InjectedError.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "CHECK")
  void catchesErrorsOfModuliTooSmallForTheProductCheck(InjectedError.Kind kind) throws IOException {
    SquaringWork work = work(256, 5000);

    SolveOutcome outcome = run(work, new StopSignal(), new InjectedError(kind, 4097, 1));

    assertThat(((SolveOutcome.Solved) outcome).value()).isEqualTo(plainly(work));
    assertThat(outcome.report().errorsCaught()).isEqualTo(1);
  }

  @Test
  void givesABlockThatFailsTwiceToTheNextKernel() throws IOException {
    SquaringWork work = work(1024, 20_000);

    SolveOutcome outcome =
        run(work, new StopSignal(), new InjectedError(InjectedError.Kind.STATE, 9000, 2));

    assertThat(((SolveOutcome.Solved) outcome).value()).isEqualTo(plainly(work));
    assertThat(outcome.report().errorsCaught()).isEqualTo(2);
    assertThat(outcome.report().kernelSwitches()).isEqualTo(1);
    assertThat(events).hasAtLeastOneElementOfType(SolveEvent.KernelSwitched.class);
  }

  @Test
  void stopsWithAdviceWhereABlockFailsThreeTimes() throws IOException {
    SquaringWork work = work(1024, 20_000);

    SolveOutcome outcome =
        run(work, new StopSignal(), new InjectedError(InjectedError.Kind.STATE, 9000, 3));

    assertThat(outcome).isInstanceOf(SolveOutcome.Abandoned.class);
    assertThat(((SolveOutcome.Abandoned) outcome).advice()).contains("test its memory");
    assertThat(solve(work)).isEqualTo(plainly(work));
  }

  @Test
  void goesOnWhereItWasStopped() throws IOException {
    SquaringWork work = work(1024, 200_000);
    StopSignal stop = new StopSignal();
    SolveOutcome first = run(work, stop, event -> stopAfter(event, 50_000, stop));

    assertThat(first).isInstanceOf(SolveOutcome.Interrupted.class);
    SolveOutcome second = run(work, new StopSignal());

    assertThat(first.report().position()).isBetween(50_000L, 199_999L);
    assertThat(second.report().resumedFrom()).isEqualTo(first.report().position());
    assertThat(((SolveOutcome.Solved) second).value()).isEqualTo(plainly(work));
  }

  @Test
  void neverTrustsADamagedCheckpoint() throws IOException {
    SquaringWork work = work(1024, 200_000);
    StopSignal stop = new StopSignal();
    run(work, stop, event -> stopAfter(event, 100_000, stop));
    List<Path> files = checkpoints(work);
    byte[] newest = Files.readAllBytes(files.getLast());
    newest[60] ^= 1;
    Files.write(files.getLast(), newest);

    SolveOutcome outcome = run(work, new StopSignal());

    assertThat(outcome.report().checkpointsSkipped()).isEqualTo(1);
    assertThat(outcome.report().resumedFrom()).isLessThan(position(files.getLast()));
    assertThat(((SolveOutcome.Solved) outcome).value()).isEqualTo(plainly(work));
  }

  @Test
  void startsAnewWhereEveryCheckpointIsUnusable() throws IOException {
    SquaringWork work = work(1024, 50_000);
    Path folder = Files.createDirectories(workDir.resolve(work.id().toHex()));
    Files.write(folder.resolve("0000000000000040000.checkpoint"), new byte[] {1, 2, 3});
    Files.write(folder.resolve("0000000000000030000.checkpoint"), foreignCheckpoint(work));
    Files.createDirectory(folder.resolve("0000000000000020000.checkpoint"));
    Files.write(folder.resolve("0000000000000010000.checkpoint"), new byte[100_000]);

    SolveOutcome outcome = run(work, new StopSignal());

    assertThat(outcome.report().resumedFrom()).isZero();
    assertThat(outcome.report().checkpointsSkipped()).isEqualTo(4);
    assertThat(((SolveOutcome.Solved) outcome).value()).isEqualTo(plainly(work));
  }

  @Test
  void refusesASecondSolverOfTheSamePuzzle() throws IOException {
    SquaringWork work = work(1024, 10);
    try (CheckpointStore first = CheckpointStore.open(workDir, work)) {
      assertThat(first.folder()).exists();
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> CheckpointStore.open(workDir, work))
          .isInstanceOf(WorkInUseException.class)
          .hasMessageContaining(first.folder().toString());
    }
  }

  @Test
  void keepsThreeCheckpointsAndNoTemporaryFiles() throws IOException {
    SquaringWork work = work(1024, 100_000);
    try (CheckpointStore store = CheckpointStore.open(workDir, work)) {
      for (long position = 1; position <= 5; position++) {
        store.save(new Checkpoint(work.id(), 100_000, position, BigInteger.TEN, 0));
      }
    }
    assertThat(checkpoints(work).stream().map(SolverTest::position)).containsExactly(3L, 4L, 5L);
  }

  private BigInteger solve(SquaringWork work) throws IOException {
    SolveOutcome outcome = run(work, new StopSignal());
    assertThat(outcome.report().errorsCaught()).isBetween(0, 3);
    return ((SolveOutcome.Solved) outcome).value();
  }

  private SolveOutcome run(SquaringWork work, StopSignal stop, InjectedError... errors)
      throws IOException {
    return run(work, stop, event -> {}, errors);
  }

  private SolveOutcome run(
      SquaringWork work, StopSignal stop, SolveListener also, InjectedError... errors)
      throws IOException {
    SolverSettings settings =
        new SolverSettings(kernels(work), Duration.ofMillis(20), List.of(errors));
    SolveListener both =
        event -> {
          events.add(event);
          also.on(event);
        };
    try (CheckpointStore store = CheckpointStore.open(workDir, work)) {
      return new Solver(work, settings, store, both, stop).solve();
    }
  }

  /** Two kernels, so that a block can be handed on. */
  private static Selection kernels(SquaringWork work) {
    List<SquaringKernel> order = List.of(new BigIntegerKernel(), new BigIntegerKernel());
    return new Selection(work.modulus().bitLength(), order, List.of(), "for the test");
  }

  private static void stopAfter(SolveEvent event, long position, StopSignal stop) {
    if (event instanceof SolveEvent.CheckpointSaved saved && saved.position() >= position) {
      stop.request();
    }
  }

  private static SquaringWork work(int bits, long squarings) {
    Random random = new Random(SEED + bits);
    BigInteger modulus = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
    BigInteger base = new BigInteger(bits - 1, random).max(BigInteger.TWO);
    return new SquaringWork(modulus, coprime(base, modulus), squarings, id(bits));
  }

  private static BigInteger coprime(BigInteger base, BigInteger modulus) {
    BigInteger candidate = base;
    while (!candidate.gcd(modulus).equals(BigInteger.ONE)) {
      candidate = candidate.add(BigInteger.ONE).mod(modulus);
    }
    return candidate;
  }

  private static Bytes id(int seed) {
    byte[] id = new byte[32];
    new Random(seed).nextBytes(id);
    return Bytes.of(id);
  }

  private static BigInteger plainly(SquaringWork work) {
    BigInteger value = work.base();
    for (long i = 0; i < work.squarings(); i++) {
      value = value.multiply(value).mod(work.modulus());
    }
    return value;
  }

  private static byte[] foreignCheckpoint(SquaringWork work) {
    return CheckpointCodec.encode(
        new Checkpoint(id(-1), work.squarings(), 30_000, BigInteger.TEN, 0), work.modulus());
  }

  private List<Path> checkpoints(SquaringWork work) throws IOException {
    try (Stream<Path> files = Files.list(workDir.resolve(work.id().toHex()))) {
      List<Path> left = files.filter(f -> !f.endsWith("lock")).sorted().toList();
      assertThat(left).allMatch(f -> f.toString().endsWith(".checkpoint"));
      return left;
    }
  }

  private static long position(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().replace(".checkpoint", ""));
  }
}
