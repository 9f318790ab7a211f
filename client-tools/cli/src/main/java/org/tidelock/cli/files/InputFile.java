package org.tidelock.cli.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
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
   * Refuses to read standard input for two things: the second would find it empty.
   *
   * @param files all that the command reads; null for what is not named
   * @throws CommandFailure if more than one of them is standard input
   */
  public static void requireStandardInputOnce(Collection<@Nullable Path> files) {
    if (files.stream().filter(InputFile::isStandardInput).count() > 1) {
      throw CommandFailure.usage(
          "standard input (-, or where no file is named) can be read only once; name a file for"
              + " the others");
    }
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
    if (FileTrouble.isDangling(path)) {
      throw new CommandFailure(
          ExitCode.ERROR, FileTrouble.dangling(file, path) + "; name the file itself");
    }
    if (Files.isDirectory(path)) {
      throw new CommandFailure(ExitCode.ERROR, file + " is a folder; a file is needed");
    }
    try {
      return new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.ERROR, "no file " + file, e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.ERROR,
          "cannot read %s: %s; make it readable, or name another file"
              .formatted(file, FileTrouble.reason(e)),
          e);
    }
  }
}
