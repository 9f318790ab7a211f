package org.tidelock.engine.solve;

/**
 * Hears what a solver tells. Called on the solving thread: return quickly, and do not throw, which
 * would end the solve.
 */
@FunctionalInterface
public interface SolveListener {

  /** Called for each event in order. */
  void on(SolveEvent event);
}
