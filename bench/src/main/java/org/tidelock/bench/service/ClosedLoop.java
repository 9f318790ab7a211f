package org.tidelock.bench.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Callers that each do one thing after another, as fast as it is answered. */
public final class ClosedLoop {

  private final int callers;

  /** That many callers at once. */
  public ClosedLoop(int callers) {
    this.callers = callers;
  }

  /** One thing to do. */
  public interface Action {
    /** Does it once; {@code caller} counts from 0. */
    void run(int caller) throws IOException;
  }

  /** How often {@code action} was done a second, by all callers together, for this long. */
  public double perSecond(Duration duration, Action action) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    return perSecondUntil(() -> System.nanoTime() - end >= 0, action);
  }

  /** How often {@code action} was done a second, by all callers together, until {@code over}. */
  public double perSecondUntil(BooleanSupplier over, Action action) throws IOException {
    long begun = System.nanoTime();
    long done = together(caller -> count(caller, over, action));
    return done * 1e9 / (System.nanoTime() - begun);
  }

  /** Does {@code action} once for each caller, all at the same time. */
  public void once(Action action) throws IOException {
    together(
        caller -> {
          action.run(caller);
          return 1;
        });
  }

  private interface Counted {
    long run(int caller) throws IOException;
  }

  private long together(Counted action) throws IOException {
    try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        counts.add(executor.submit(() -> action.run(caller)));
      }
      long done = 0;
      for (Future<Long> count : counts) {
        done += count.get();
      }
      return done;
    } catch (ExecutionException e) {
      throw new IOException("a caller failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static long count(int caller, BooleanSupplier over, Action action) throws IOException {
    long done = 0;
    while (!over.getAsBoolean()) {
      action.run(caller);
      done++;
    }
    return done;
  }
}
