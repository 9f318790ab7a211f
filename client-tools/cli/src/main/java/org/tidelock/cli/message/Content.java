package org.tidelock.cli.message;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.files.FileTrouble;
import org.tidelock.cli.files.InputFile;
import org.tidelock.cli.files.PrivateSpool;

/**
 * What is sent: a file, or standard input up to its end.
 *
 * @param in its bytes
 * @param bytes how many
 * @param type its media type
 * @param behind what is closed with it
 */
record Content(InputStream in, long bytes, String type, Closeable behind) implements Closeable {

  /**
   * Opens it.
   *
   * @param file null or "-" for standard input, which is read to its end before this returns
   * @param type what the sender says it is; else the file's name or its beginning tells
   * @throws CommandFailure if it cannot be read
   */
  static Content open(Invocation invocation, @Nullable Path file, Optional<String> type)
      throws IOException {
    if (file == null || InputFile.isStandardInput(file)) {
      if (invocation.console().terminals().in()) {
        invocation.reporter().note("type the message; Ctrl-D at the beginning of a line ends it");
      }
      return spooled(invocation, file, type);
    }
    Optional<String> told = type.or(() -> MediaType.ofName(file));
    Path path = invocation.console().resolve(file);
    return Files.isRegularFile(path)
        ? regular(invocation, file, path, told)
        : spooled(invocation, file, told);
  }

  private static Content regular(Invocation invocation, Path file, Path path, Optional<String> type)
      throws IOException {
    InputStream in = InputFile.open(invocation.console(), file);
    try {
      return of(in, Files.size(path), type, in);
    } catch (IOException e) {
      in.close();
      throw unreadable(file, e);
    }
  }

  /** Its length is not known before its end. */
  private static Content spooled(Invocation invocation, @Nullable Path file, Optional<String> type)
      throws IOException {
    PrivateSpool spool = PrivateSpool.in(invocation.home());
    try (InputStream in = InputFile.open(invocation.console(), file)) {
      in.transferTo(spool.out());
      return of(spool.content(), spool.bytes(), type, spool);
    } catch (IOException e) {
      spool.close();
      throw unreadable(file, e);
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  private static Content of(InputStream in, long bytes, Optional<String> type, Closeable behind)
      throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    String known = type.isPresent() ? type.get() : MediaType.ofBeginning(buffered);
    return new Content(buffered, bytes, known, behind);
  }

  private static CommandFailure unreadable(@Nullable Path file, IOException cause) {
    return new CommandFailure(
        ExitCode.ERROR,
        "cannot read %s: %s".formatted(InputFile.name(file), FileTrouble.reason(cause)),
        cause);
  }

  @Override
  public void close() throws IOException {
    behind.close();
  }
}
