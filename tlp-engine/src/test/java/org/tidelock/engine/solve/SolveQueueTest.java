package org.tidelock.engine.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.engine.kernel.jvm.BigIntegerKernel;
import org.tidelock.engine.kernel.select.Selection;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.SquaringWork;

class SolveQueueTest {

  private static final BigInteger MODULUS =
      BigInteger.ONE.shiftLeft(1024).subtract(BigInteger.valueOf(105));

  @TempDir Path workDir;

  private final StopSignal stop = new StopSignal();
  private final Queue<Long> order = new ConcurrentLinkedQueue<>();

  @Test
  void solvesAllAndAnswersInTheOrderGiven() throws InterruptedException {
    List<SolveQueue.Job> jobs = IntStream.rangeClosed(1, 12).mapToObj(i -> job(i, 0)).toList();

    List<SolveQueue.Result> results = queue(2).solveAll(jobs);

    for (int i = 0; i < jobs.size(); i++) {
      SquaringWork work = jobs.get(i).work();
      BigInteger exponent = BigInteger.ONE.shiftLeft((int) work.squarings());
      assertThat(value(results.get(i))).isEqualTo(work.base().modPow(exponent, MODULUS));
    }
  }

  @Test
  void beginsThoseOfHigherPriorityFirst() throws InterruptedException {
    queue(1).solveAll(List.of(job(1, 0), job(2, 5), job(3, 5), job(4, 9)));

    assertThat(order).containsExactly(4L, 2L, 3L, 1L);
  }

  @Test
  void oneBrokenJobDoesNotTouchTheOthers() throws InterruptedException, IOException {
    SolveQueue.Job taken = job(1, 0);
    try (CheckpointStore other = CheckpointStore.open(workDir, taken.work())) {
      List<SolveQueue.Result> results = queue(2).solveAll(List.of(taken, job(2, 0)));

      assertThat(other.folder()).exists();
      assertThat(results.getFirst()).isInstanceOf(SolveQueue.Result.Broken.class);
      assertThat(value(results.getLast())).isPositive();
    }
  }

  @Test
  void jobsNotBegunAtAStopEndInterrupted() throws InterruptedException {
    stop.request();

    List<SolveQueue.Result> results = queue(1).solveAll(List.of(job(1, 0), job(2, 0)));

    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(((SolveQueue.Result.Ended) result).outcome())
                    .isInstanceOf(SolveOutcome.Interrupted.class));
  }

  @Test
  void nothingToSolveIsNothingToDo() throws InterruptedException {
    assertThat(queue(1).solveAll(List.of())).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> queue(0));
  }

  @Test
  void aDiscardedStoreLeavesNothingBehind() throws IOException {
    SquaringWork work = job(1, 0).work();
    CheckpointStore store = CheckpointStore.open(workDir, work);
    store.save(new Checkpoint(work.id(), work.squarings(), 1, BigInteger.TEN, 0));

    store.discard();

    assertThat(workDir).isEmptyDirectory();
  }

  private SolveQueue queue(int workers) {
    Selection kernels =
        new Selection(1024, List.of(new BigIntegerKernel()), List.of(), "for the test");
    return new SolveQueue(
        workers,
        workDir,
        work -> new SolverSettings(kernels, Duration.ofMillis(20), List.of()),
        stop);
  }

  /** A job of {@code 1000 + number} squarings that notes when it starts. */
  private SolveQueue.Job job(int number, int priority) {
    byte[] id = new byte[32];
    id[31] = (byte) number;
    SquaringWork work =
        new SquaringWork(MODULUS, BigInteger.valueOf(number + 1), 1000 + number, Bytes.of(id));
    return new SolveQueue.Job(
        work,
        priority,
        event -> {
          if (event instanceof SolveEvent.Started) {
            order.add((long) number);
          }
        });
  }

  private static BigInteger value(SolveQueue.Result result) {
    return ((SolveOutcome.Solved) ((SolveQueue.Result.Ended) result).outcome()).value();
  }
}
