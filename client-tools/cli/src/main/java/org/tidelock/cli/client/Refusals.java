package org.tidelock.cli.client;

import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;

/** What a server refuses, in the command's words and with its exit codes. */
public final class Refusals {

  private Refusals() {}

  /** The failure that a refusal is. */
  public static CommandFailure of(Problem problem) {
    return problem
        .code()
        .map(code -> of(code, problem))
        .orElseGet(() -> new CommandFailure(ExitCode.ERROR, refused(problem)));
  }

  private static CommandFailure of(ProblemCode code, Problem problem) {
    return switch (code) {
      case LOGIN_REFUSED ->
          CommandFailure.damaged(
              problem.detail().equals(code.title()) ? "wrong name or password" : refused(problem),
              null);
      case CODE_REFUSED ->
          CommandFailure.damaged(
              "the code is wrong, expired, or was tried too often; after five tries or ten minutes"
                  + " register again",
              null);
      case SESSION_REFUSED, CHANGE_REFUSED -> CommandFailure.damaged(refused(problem), null);
      case TOKEN_MISSING, TOKEN_INVALID ->
          new CommandFailure(ExitCode.ERROR, "not logged in; tidelock login");
      case CLOCK_OUT_OF_RANGE ->
          new CommandFailure(ExitCode.ERROR, refused(problem) + "; set this machine's clock");
      default -> new CommandFailure(ExitCode.ERROR, refused(problem));
    };
  }

  private static String refused(Problem problem) {
    // A server's words may be anybody's: nothing in them moves the terminal's cursor.
    return "the server refuses: " + problem.detail().replaceAll("\\p{Cntrl}", "?");
  }
}
