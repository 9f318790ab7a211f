package org.tidelock.cli.files;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.terminal.Interruption;

/**
 * What a command writes: a file that appears whole or not at all, or standard output.
 *
 * <p>A file is written under a temporary name beside its own, synced, and renamed by {@link
 * #commit}. Without that, {@link #close} removes it; so does a signal. What already exists and is
 * not a regular file (a device, a named pipe) is written directly.
 */
public final class OutputFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Interruption interruption;
  private final String name;
  private final @Nullable Path target;
  private final @Nullable Path temporary;
  private final @Nullable FileChannel channel;
  private final boolean replace;
  private final OutputStream stream;
  private final Runnable cleanup = this::discard;

  private OutputFile(
      Interruption interruption,
      String name,
      @Nullable Path target,
      @Nullable Path temporary,
      @Nullable FileChannel channel,
      boolean replace,
      OutputStream stream) {
    this.interruption = interruption;
    this.name = name;
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
    this.replace = replace;
    this.stream = stream;
    interruption.cleanUp(cleanup);
  }

  /** Whether the argument means standard output. */
  public static boolean isStandardOutput(@Nullable Path file) {
    return file == null || file.toString().equals("-");
  }

  /**
   * Opens the output of a command.
   *
   * @param file as the user gave it; null or "-" for standard output
   * @param replace whether a file that is there may be replaced ({@code --force})
   * @throws CommandFailure if it exists and may not be replaced, or cannot be written
   */
  public static OutputFile open(Invocation invocation, @Nullable Path file, boolean replace) {
    if (file == null || isStandardOutput(file)) {
      return standardOutput(invocation);
    }
    Path target = invocation.console().resolve(file);
    requireFree(file, target, replace);
    return isSpecial(target)
        ? special(invocation, file, target)
        : regular(invocation, file, target, replace);
  }

  private static OutputFile standardOutput(Invocation invocation) {
    OutputStream kept = new KeptOpen(invocation.console().out());
    return new OutputFile(
        invocation.interruption(), "standard output", null, null, null, true, kept);
  }

  private static OutputFile special(Invocation invocation, Path file, Path target) {
    try {
      OutputStream stream = Files.newOutputStream(target, StandardOpenOption.WRITE);
      return new OutputFile(
          invocation.interruption(),
          file.toString(),
          null,
          null,
          null,
          true,
          new BufferedOutputStream(stream, BUFFER_BYTES));
    } catch (IOException e) {
      throw unwritable(file.toString(), e);
    }
  }

  private static OutputFile regular(
      Invocation invocation, Path file, Path target, boolean replace) {
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + random() + ".tmp");
    try {
      FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      OutputStream stream =
          new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      return new OutputFile(
          invocation.interruption(), file.toString(), target, temporary, channel, replace, stream);
    } catch (IOException e) {
      throw unwritable(file.toString(), e);
    }
  }

  /**
   * Checks early what {@link #open} would refuse late: before days of work, not after.
   *
   * @throws CommandFailure as {@link #open}
   */
  public static void requireUsable(Invocation invocation, @Nullable Path file, boolean replace) {
    if (file != null && !isStandardOutput(file)) {
      Path target = invocation.console().resolve(file);
      requireFree(file, target, replace);
      Path folder = target.getParent();
      if (folder != null && !Files.isWritable(folder)) {
        throw new CommandFailure(
            ExitCode.ERROR, "cannot write %s: no writable folder %s".formatted(file, folder));
      }
    }
  }

  private static void requireFree(Path file, Path target, boolean replace) {
    if (Files.isDirectory(target)) {
      throw new CommandFailure(ExitCode.ERROR, file + " is a folder; name a file with -o");
    }
    if (Files.exists(target) && !isSpecial(target) && !replace) {
      throw exists(file.toString());
    }
  }

  private static boolean isSpecial(Path target) {
    return Files.exists(target) && !Files.isRegularFile(target);
  }

  private static CommandFailure exists(String name) {
    return new CommandFailure(
        ExitCode.ERROR, name + " exists; give another name, or --force to replace it");
  }

  private static CommandFailure unwritable(String name, IOException cause) {
    return new CommandFailure(
        ExitCode.ERROR, "cannot write %s: %s".formatted(name, cause.getMessage()), cause);
  }

  private static String random() {
    byte[] bytes = new byte[6];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Where to write. Writing to standard output never closes it. */
  public OutputStream stream() {
    return stream;
  }

  /**
   * All is written: makes it last, then gives it its name.
   *
   * @throws CommandFailure if the disk is full, or a file of that name appeared meanwhile
   */
  public void commit() {
    try {
      stream.flush();
      if (channel != null && temporary != null && target != null) {
        channel.force(true);
        stream.close();
        rename(temporary, target);
      }
    } catch (IOException e) {
      throw unwritable(name, e);
    } finally {
      interruption.forget(cleanup);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (replace) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    if (Files.exists(to)) {
      throw exists(name);
    }
    Files.move(from, to);
  }

  /** Removes what was not committed. */
  @Override
  public void close() {
    interruption.forget(cleanup);
    discard();
  }

  private void discard() {
    try {
      stream.close();
    } catch (IOException e) {
      // what could not be written is thrown away in the next line
    } finally {
      remove();
    }
  }

  private void remove() {
    if (temporary == null) {
      return;
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  /** Standard output: flushed, not closed. */
  private static final class KeptOpen extends FilterOutputStream {
    /** Writes of this size are large enough to ask each time whether anybody still reads. */
    private static final int LARGE_BYTES = 1 << 13;

    private final PrintStream stream;

    KeptOpen(PrintStream stream) {
      super(stream);
      this.stream = stream;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      if (length >= LARGE_BYTES) {
        flush();
      }
    }

    @Override
    public void flush() throws IOException {
      if (stream.checkError()) {
        throw new IOException("it was closed or is full");
      }
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
