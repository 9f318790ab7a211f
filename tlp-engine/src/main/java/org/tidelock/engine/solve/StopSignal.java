package org.tidelock.engine.solve;

/**
 * A request to stop solving, raised by one thread and seen by another within 100 ms. Thread-safe.
 */
public final class StopSignal {

  private volatile boolean requested;

  /** Asks the solver to save what it has and return. */
  public void request() {
    requested = true;
  }

  /** Whether stopping was asked for. */
  public boolean requested() {
    return requested;
  }
}
