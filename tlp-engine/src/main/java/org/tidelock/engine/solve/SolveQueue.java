package org.tidelock.engine.solve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tidelock.engine.puzzle.SquaringWork;

/**
 * Solves many puzzles side by side, one a worker: a single chain already fills a core, so more
 * workers than cores gain nothing. Those of higher priority begin first, equal ones in the order
 * given.
 */
public final class SolveQueue {

  /**
   * A puzzle to solve.
   *
   * @param priority higher begins earlier
   * @param listener hears this puzzle's events, on a worker's thread
   */
  public record Job(SquaringWork work, int priority, SolveListener listener) {}

  /** How a job ended. */
  public sealed interface Result {

    /** The solver returned. */
    record Ended(SolveOutcome outcome) implements Result {}

    /** Its checkpoints could not be used, or the solver broke; other jobs are not touched by it. */
    record Broken(Exception cause) implements Result {}
  }

  private final int workers;
  private final Path workDir;
  private final Function<SquaringWork, SolverSettings> settings;
  private final StopSignal stop;

  /**
   * A queue.
   *
   * @param workers threads to solve on, at least 1
   * @param workDir where each puzzle gets a folder for its checkpoints
   * @param settings gives each puzzle its kernel; called on the workers' threads
   * @param stop ends all of them
   */
  public SolveQueue(
      int workers, Path workDir, Function<SquaringWork, SolverSettings> settings, StopSignal stop) {
    if (workers < 1) {
      throw new IllegalArgumentException("%d workers; at least 1 required".formatted(workers));
    }
    this.workers = workers;
    this.workDir = workDir;
    this.settings = settings;
    this.stop = stop;
  }

  /**
   * Solves all jobs and returns their results in the order given. Blocks until the last one ends.
   * Jobs not begun when stopping is requested end as interrupted at once.
   */
  public List<Result> solveAll(List<Job> jobs) throws InterruptedException {
    if (jobs.isEmpty()) {
      return List.of();
    }
    Queue<Integer> waiting = new ArrayBlockingQueue<>(jobs.size(), false, byPriority(jobs));
    AtomicReferenceArray<Result> results = new AtomicReferenceArray<>(jobs.size());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(workers, jobs.size()); i++) {
      threads.add(Thread.ofPlatform().name("solver-", i).start(() -> work(jobs, waiting, results)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return IntStream.range(0, jobs.size()).mapToObj(results::get).toList();
  }

  private static List<Integer> byPriority(List<Job> jobs) {
    return IntStream.range(0, jobs.size())
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> -jobs.get(i).priority()))
        .toList();
  }

  private void work(List<Job> jobs, Queue<Integer> waiting, AtomicReferenceArray<Result> results) {
    for (Integer next = waiting.poll(); next != null; next = waiting.poll()) {
      results.set(next, solve(jobs.get(next)));
    }
  }

  private Result solve(Job job) {
    try (CheckpointStore store = CheckpointStore.open(workDir, job.work())) {
      SolverSettings chosen = settings.apply(job.work());
      return new Result.Ended(new Solver(job.work(), chosen, store, job.listener(), stop).solve());
    } catch (IOException | RuntimeException e) {
      return new Result.Broken(e);
    }
  }
}
