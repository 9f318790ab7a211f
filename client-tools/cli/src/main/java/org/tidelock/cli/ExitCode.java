package org.tidelock.cli;

/** How the command ends, as the shell sees it. Scripts rely on these numbers: they never change. */
public enum ExitCode {
  DONE(0, "done"),
  ERROR(1, "error"),
  USAGE(2, "usage"),
  NOT_YET_UNLOCKED(3, "not-yet-unlocked"),
  WRONG_KEY_OR_DAMAGED(4, "wrong-key-or-damaged-data"),
  INTERRUPTED(5, "interrupted"),
  SERVER_UNREACHABLE(6, "server-unreachable"),
  CANCELLED(130, "cancelled");

  private final int number;
  private final String label;

  ExitCode(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** What the process exits with. */
  public int number() {
    return number;
  }

  /** What the JSON error document calls it. */
  public String label() {
    return label;
  }
}
