package org.tidelock.cli.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.terminal.Console;

/** Opens what a command reads: a file, or standard input where none is named or it is "-". */
public final class InputFile {

  private static final int BUFFER_BYTES = 1 << 16;

  private InputFile() {}

  /** Whether the argument means standard input. */
  public static boolean isStandardInput(@Nullable Path file) {
    return file == null || file.toString().equals("-");
  }

  /** What messages call it. */
  public static String name(@Nullable Path file) {
    return file == null || isStandardInput(file) ? "standard input" : file.toString();
  }

  /**
   * Opens it, buffered.
   *
   * @throws CommandFailure if it does not exist, is a folder, or may not be read
   */
  public static InputStream open(Console console, @Nullable Path file) {
    if (file == null || isStandardInput(file)) {
      return new BufferedInputStream(console.in(), BUFFER_BYTES);
    }
    Path path = console.resolve(file);
    if (Files.isDirectory(path)) {
      throw new CommandFailure(ExitCode.ERROR, file + " is a folder; a file is needed");
    }
    try {
      return new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.ERROR, "no file " + file, e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.ERROR, "cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
