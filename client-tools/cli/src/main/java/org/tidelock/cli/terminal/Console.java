package org.tidelock.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;

/**
 * Everything outside the process that a command reads or writes: the three streams, the
 * environment, the folder it was called from, the clock.
 *
 * @param terminals which of the streams are a terminal
 * @param folder what relative paths on the command line are relative to
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Terminals terminals,
    Map<String, String> environment,
    Path folder,
    InstantSource clock,
    ZoneId zone) {

  /**
   * Which streams are a terminal, and how wide it is.
   *
   * @param columns characters a line; what is printed over itself stays below
   */
  public record Terminals(boolean in, boolean out, boolean err, int columns) {

    private static final int USUAL_COLUMNS = 80;

    /** No terminal anywhere: pipes and files. */
    public static final Terminals NONE = new Terminals(false, false, false, USUAL_COLUMNS);

    /**
     * Reads what the launcher found out: the letters i, o and e for each stream that is a terminal,
     * then the columns, such as {@code oe,120}. Java itself can only tell about all three together.
     */
    static Terminals parse(String found) {
      String[] parts = found.split(",", 2);
      return new Terminals(
          parts[0].contains("i"),
          parts[0].contains("o"),
          parts[0].contains("e"),
          parts.length == 2 && parts[1].matches("[1-9][0-9]{1,3}")
              ? Integer.parseInt(parts[1])
              : USUAL_COLUMNS);
    }

    // JDK 25 answers null again where not both standard streams are a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static Terminals ofProcess() {
      String found = System.getProperty("tidelock.terminals");
      if (found != null) {
        return parse(found);
      }
      boolean all = System.console() != null;
      return new Terminals(all, all, all, USUAL_COLUMNS);
    }
  }

  /** The process's own. Standard output is buffered; whoever ends the process flushes it. */
  public static Console ofProcess() {
    return new Console(
        new FileInputStream(FileDescriptor.in),
        stream(FileDescriptor.out, false),
        stream(FileDescriptor.err, true),
        Terminals.ofProcess(),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        InstantSource.system(),
        ZoneId.systemDefault());
  }

  private static PrintStream stream(FileDescriptor descriptor, boolean flushLines) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
        flushLines,
        StandardCharsets.UTF_8);
  }

  /** A variable of the environment; empty where it is unset or the empty string. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * A path as the user wrote it, made absolute.
   *
   * @throws CommandFailure if it is the empty string, as an unset variable of a shell makes it
   */
  public Path resolve(Path path) {
    if (path.toString().isEmpty()) {
      throw new CommandFailure(
          ExitCode.ERROR,
          "'' is no name of a file or folder; name one (was a variable of the shell empty?)");
    }
    return folder.resolve(path).normalize();
  }
}
