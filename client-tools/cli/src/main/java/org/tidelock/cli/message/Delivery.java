package org.tidelock.cli.message;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.files.OutputFile;
import org.tidelock.cli.files.PrivateSpool;
import org.tidelock.cli.files.StoppableOutput;
import org.tidelock.cli.files.TerminalOutput;

/**
 * Hands out a content that was checked as a whole: to a file, a pipe, or a terminal if it is text.
 */
final class Delivery {

  private final Invocation invocation;
  private final @Nullable Path output;
  private final boolean force;

  /**
   * A delivery.
   *
   * @param output null or "-" for standard output
   * @param force whether a file that is there may be replaced
   */
  Delivery(Invocation invocation, @Nullable Path output, boolean force) {
    this.invocation = invocation;
    this.output = output;
    this.force = force;
  }

  /**
   * Delivers all of it.
   *
   * @throws CommandFailure if it cannot be written, or is not for a terminal
   */
  void deliver(PrivateSpool spool) throws IOException {
    boolean terminal = output == null && invocation.console().terminals().out();
    if (terminal) {
      requireText(spool);
    }
    try (OutputFile out = OutputFile.open(invocation, output, force)) {
      OutputStream stream = terminal ? new TerminalOutput(out.stream()) : out.stream();
      spool.content().transferTo(new StoppableOutput(stream, invocation.interruption().stop()));
      out.commit();
    } catch (InterruptedIOException e) {
      throw new CommandFailure(
          ExitCode.INTERRUPTED, "interrupted while writing; run the same command again", e);
    }
  }

  /** Before the first byte is printed. */
  private static void requireText(PrivateSpool spool) throws IOException {
    try {
      spool.content().transferTo(new TerminalOutput(OutputStream.nullOutputStream()));
    } catch (TerminalOutput.NotTextException e) {
      throw CommandFailure.usage(
          "refusing to print bytes that are not text on the terminal; name a file with -o, or use"
              + " -o -");
    }
  }
}
