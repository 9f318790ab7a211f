package org.tidelock.bench.overhead;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What a piece of work took.
 *
 * @param cpuNanos CPU time of the thread that did it, in user mode and in the kernel
 * @param wallNanos by the clock on the wall
 */
record Cost(long cpuNanos, long wallNanos) {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Work that may fail for want of a disk. */
  interface Work {
    void run() throws java.io.IOException;
  }

  /** Runs {@code work} on the calling thread. */
  static Cost of(Work work) throws java.io.IOException {
    long wall = System.nanoTime();
    long cpu = THREADS.getCurrentThreadCpuTime();
    work.run();
    return new Cost(THREADS.getCurrentThreadCpuTime() - cpu, System.nanoTime() - wall);
  }
}
