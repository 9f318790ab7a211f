package org.tidelock.bench.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
    long begun = System.nanoTime();
    long end = begun + duration.toNanos();
    long done = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        counts.add(executor.submit(() -> count(caller, end, action)));
      }
      for (Future<Long> count : counts) {
        done += count.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a caller failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return done * 1e9 / (System.nanoTime() - begun);
  }

  private static long count(int caller, long end, Action action) throws IOException {
    long done = 0;
    while (System.nanoTime() < end) {
      action.run(caller);
      done++;
    }
    return done;
  }
}
