package org.tidelock.cli;

import org.jspecify.annotations.Nullable;

/**
 * The command cannot do what was asked. The message is for the user: lower case, no full stop, the
 * value, the rule and the remedy, never a secret.
 */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public CommandFailure(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  public CommandFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A command line that says something wrong or too little. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  /** A file that is damaged, foreign, or locked to somebody else. */
  public static CommandFailure damaged(String message, @Nullable Throwable cause) {
    return new CommandFailure(ExitCode.WRONG_KEY_OR_DAMAGED, message, cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
