package org.tidelock.service.work;

import static io.vertx.core.Future.await;

import io.vertx.core.Promise;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The one place where arithmetic runs: as many threads as processors, and a bounded queue before
 * them. A full queue is an answer, {@link Overloaded}, rather than a longer wait. Thread-safe.
 */
public final class CpuWork implements AutoCloseable {

  private final ThreadPoolExecutor threads;
  private final LongAdder begun = new LongAdder();

  /**
   * Begins.
   *
   * @param waiting how many pieces of work may wait
   */
  public CpuWork(int waiting) {
    int processors = Runtime.getRuntime().availableProcessors();
    this.threads =
        new ThreadPoolExecutor(
            processors,
            processors,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().name("cpu-", 1).daemon().factory());
  }

  /** More work was brought than can be done soon. */
  public static final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overloaded(RejectedExecutionException cause) {
      super("too much work is waiting for the processor", cause);
    }
  }

  /**
   * Runs {@code work} and waits for its result without holding a carrier thread. Exceptions of the
   * work are thrown here.
   *
   * @throws Overloaded if too much waits already
   */
  public <T> T run(Callable<T> work) {
    begun.increment();
    Promise<T> promise = Promise.promise();
    try {
      threads.execute(
          () -> {
            try {
              promise.complete(work.call());
            } catch (Throwable e) {
              promise.fail(e);
            }
          });
    } catch (RejectedExecutionException e) {
      throw new Overloaded(e);
    }
    return await(promise.future());
  }

  /**
   * Runs work that takes less time than handing it to another thread and waking this one, such as a
   * signature, on the caller's thread. It counts like other work.
   */
  public <T> T runBriefly(Supplier<T> work) {
    begun.increment();
    return work.get();
  }

  /** How many pieces of work were brought so far. */
  public long begun() {
    return begun.sum();
  }

  /** Takes no more work and ends what waits. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
