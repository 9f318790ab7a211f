package org.tidelock.cli.account;

import java.util.Arrays;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.terminal.SecretInput;
import picocli.CommandLine.Option;

/** Where passwords come from: asked for on the terminal, or lines of standard input. */
final class PasswordInput {

  private static final int MIN_CHARS = 8;

  @Option(
      names = "--password-stdin",
      description = "Read the password from a line of standard input instead of asking for it.")
  private boolean fromStandardInput;

  /** A password that exists. The caller wipes it. */
  char[] known(Invocation invocation, String question) {
    return read(invocation, question);
  }

  /** A password that is chosen now: asked for twice on a terminal. The caller wipes it. */
  char[] chosen(Invocation invocation, String question) {
    char[] password = read(invocation, question);
    if (password.length < MIN_CHARS) {
      Arrays.fill(password, '\0');
      throw CommandFailure.usage(
          "password has %d characters; at least %d required".formatted(password.length, MIN_CHARS));
    }
    if (!fromStandardInput) {
      char[] again = read(invocation, question + ", again");
      boolean same = Arrays.equals(password, again);
      Arrays.fill(again, '\0');
      if (!same) {
        Arrays.fill(password, '\0');
        throw CommandFailure.usage("the two passwords differ; nothing was done");
      }
    }
    return password;
  }

  private char[] read(Invocation invocation, String question) {
    SecretInput input = new SecretInput(invocation.console());
    try {
      return fromStandardInput
          ? input
              .line()
              .orElseThrow(
                  () -> CommandFailure.usage("standard input ended before the " + question))
          : input
              .ask(question)
              .orElseThrow(
                  () ->
                      CommandFailure.usage(
                          "no terminal to ask for the %s on; give --password-stdin"
                              .formatted(question)));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
