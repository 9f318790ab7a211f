package org.tidelock.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.select.Kernels;
import org.tidelock.engine.kernel.select.Selection;
import org.tidelock.engine.puzzle.Lcs35;
import org.tidelock.engine.puzzle.OpenOutcome;
import org.tidelock.engine.puzzle.Puzzle;
import org.tidelock.engine.puzzle.SquaringWork;
import org.tidelock.engine.puzzle.TestMaker;

/** What the trapdoor hides, the solver opens: on every kernel, for published and random puzzles. */
class SolvedPuzzlesTest {

  @TempDir Path workDir;

  static Stream<String> kernels() {
    return Kernels.all().stream()
        .filter(kernel -> kernel.support(2048) instanceof KernelSupport.Supported)
        .map(SquaringKernel::name);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 1000, 1_000_000})
  void meetsThePublishedValuesOfLcs35(long squarings) throws Exception {
    SquaringWork whole = Lcs35.puzzle().work();
    SquaringWork part = new SquaringWork(whole.modulus(), whole.base(), squarings, whole.id());

    BigInteger expected =
        new BigInteger(
            Lcs35.values().path("W_checkpoints_hex").path(Long.toString(squarings)).asText(), 16);

    assertThat(solve(part, kernels().findFirst().orElseThrow())).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void opensWhatWasLockedForRandomSizesAndTimes(String kernel) throws IOException {
    long seed = System.nanoTime();
    System.out.printf("%s: seed %d%n", kernel, seed);
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      byte[] payload = new byte[random.nextInt(200)];
      random.nextBytes(payload);
      int bits = 2 * (256 + random.nextInt(769));
      Puzzle puzzle = TestMaker.puzzle(bits, 1 + random.nextInt(10_000), payload);

      OpenOutcome outcome = puzzle.open(solve(puzzle.work(), kernel));

      assertThat(outcome)
          .as("%s with seed %d", puzzle, seed)
          .isInstanceOf(OpenOutcome.Opened.class);
      assertThat(((OpenOutcome.Opened) outcome).revealPayload()).isEqualTo(payload);
    }
  }

  private BigInteger solve(SquaringWork work, String kernel) throws IOException {
    List<SquaringKernel> chosen =
        Kernels.all().stream().filter(k -> k.name().equals(kernel)).toList();
    Selection selection =
        new Selection(work.modulus().bitLength(), chosen, List.of(), "for the test");
    try (CheckpointStore store = CheckpointStore.open(workDir, work)) {
      SolveOutcome outcome =
          new Solver(work, SolverSettings.of(selection), store, event -> {}, new StopSignal())
              .solve();
      store.discard();
      return ((SolveOutcome.Solved) outcome).value();
    }
  }
}
