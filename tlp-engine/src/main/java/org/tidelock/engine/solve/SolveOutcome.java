package org.tidelock.engine.solve;

import java.math.BigInteger;

/** How a solve ended. */
public sealed interface SolveOutcome {

  /** What this run did. */
  SolveReport report();

  /**
   * Done and checked to the last squaring.
   *
   * @param value {@code x^(2^T) mod N}, from 0 to N - 1
   */
  record Solved(BigInteger value, SolveReport report) implements SolveOutcome {}

  /** Stopped on request; the next run goes on from {@code report().position()}. */
  record Interrupted(SolveReport report) implements SolveOutcome {}

  /**
   * One block failed its check three times, on two kernels. The last verified state is saved.
   *
   * @param advice what a user can do
   */
  record Abandoned(String advice, SolveReport report) implements SolveOutcome {}
}
