package org.tidelock.cli.terminal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.tidelock.engine.solve.StopSignal;

/**
 * Ctrl-C and SIGTERM. A command that has something to save or to tell says so; the signal then asks
 * it to stop, waits until it has, and lets the process end with the command's own exit code. Any
 * other command is ended at once: what it would leave behind is removed, and the end is told in its
 * place.
 *
 * <p>The Java machine answers both signals by running its shutdown hooks, in which the exit code is
 * already decided unless the hook halts the process itself: that is what this one does. Safe for
 * use by several threads.
 */
public final class Interruption {

  private static final long LONGEST_WAIT_SECONDS = 60;

  /** Who decides how the command ends: whoever comes first, and then nobody else. */
  private enum Ending {
    OPEN,
    BY_COMMAND,
    BY_SIGNAL
  }

  private final Set<Runnable> cleanups = ConcurrentHashMap.newKeySet();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.OPEN);
  private final StopSignal stop = new StopSignal();
  private volatile int exitCode;

  /** For tests and for callers that have no process to end. */
  public Interruption() {}

  /**
   * Answers the signals of this process.
   *
   * @param cancelled says, in place of a command with nothing to save, that it was ended, and
   *     returns the exit code
   */
  public static Interruption ofProcess(IntSupplier cancelled) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interruption.processEnds(cancelled), "interruption"));
    return interruption;
  }

  private void processEnds(IntSupplier cancelled) {
    if (ended.getCount() == 0) {
      return;
    }
    stop.request();
    if (ending.compareAndSet(Ending.OPEN, Ending.BY_SIGNAL)) {
      cleanups.forEach(Runnable::run);
      Runtime.getRuntime().halt(cancelled.getAsInt());
    }
    asked.countDown();
    if (awaitEnd()) {
      Runtime.getRuntime().halt(exitCode);
    }
    cleanups.forEach(Runnable::run);
  }

  private boolean awaitEnd() {
    try {
      return ended.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What a signal requests; a test requests it too. */
  public StopSignal stop() {
    return stop;
  }

  /** Waits for a signal; for a command that runs until one comes. */
  public void awaitSignal() throws InterruptedException {
    asked.await();
  }

  /**
   * From now on the command ends by itself, signal or not: it saves its work, tells its result and
   * chooses its exit code. Does not return where a signal has already decided otherwise.
   */
  public void commandDecidesEnd() {
    if (ending.compareAndSet(Ending.OPEN, Ending.BY_COMMAND)) {
      return;
    }
    while (ending.get() == Ending.BY_SIGNAL) {
      LockSupport.park(this);
    }
  }

  /** Runs {@code cleanup} if the process is ended by a signal, until {@link #forget} is called. */
  public void cleanUp(Runnable cleanup) {
    cleanups.add(cleanup);
  }

  /** Undoes {@link #cleanUp} for the same object. */
  public void forget(Runnable cleanup) {
    cleanups.remove(cleanup);
  }

  /** The command has ended, has flushed its output, and has nothing left to do. */
  public void commandEnded(int code) {
    exitCode = code;
    ended.countDown();
  }
}
