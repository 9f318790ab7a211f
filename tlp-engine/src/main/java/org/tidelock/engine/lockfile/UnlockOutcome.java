package org.tidelock.engine.lockfile;

/** What came of opening a lock file with a solution. */
public sealed interface UnlockOutcome {

  /**
   * Everything was decrypted and authenticated.
   *
   * @param bytes how many were written
   */
  record Unlocked(long bytes) implements UnlockOutcome {}

  /**
   * The solution does not belong to the puzzle. Nothing was written, and the file can still be
   * opened with another.
   *
   * @param reason fit to be shown to a user
   */
  record WrongSolution(String reason) implements UnlockOutcome {}

  /**
   * The time-lock is open, but none of the identities is a recipient's. Nothing was written.
   *
   * @param reason fit to be shown to a user
   */
  record NoMatchingIdentity(String reason) implements UnlockOutcome {}

  /**
   * The file is not what was written. What was written out before the damage was found is genuine,
   * but only a beginning; it should be thrown away.
   *
   * @param reason fit to be shown to a user
   */
  record Damaged(String reason) implements UnlockOutcome {}
}
