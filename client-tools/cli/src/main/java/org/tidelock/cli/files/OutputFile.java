package org.tidelock.cli.files;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
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
    this.stream = new Named(stream, name);
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
      throw unwritable(file.toString(), target, e);
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
      throw unwritable(file.toString(), target, e);
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
      if (folder != null && !isSpecial(target) && !Files.isWritable(folder)) {
        throw unwritable(file.toString(), target, new AccessDeniedException(folder.toString()));
      }
    }
  }

  private static void requireFree(Path file, Path target, boolean replace) {
    if (Files.isDirectory(target)) {
      throw new CommandFailure(ExitCode.ERROR, file + " is a folder; name a file with -o");
    }
    if (FileTrouble.isDangling(target)) {
      throw new CommandFailure(
          ExitCode.ERROR,
          FileTrouble.dangling(file, target) + "; remove the link, or name another file with -o");
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

  private static CommandFailure unwritable(String name, @Nullable Path target, IOException cause) {
    @Nullable Path folder = target == null ? null : target.getParent();
    String reason = FileTrouble.reason(cause);
    String remedy = UnwritableException.REMEDY;
    if (cause instanceof UnwritableException told) {
      return new CommandFailure(ExitCode.ERROR, told.getMessage(), told);
    }
    if (folder != null && !Files.isDirectory(folder)) {
      reason = "there is no folder " + folder;
      remedy = "make it, or name another with -o";
    } else if (cause instanceof AccessDeniedException) {
      if (folder != null && !Files.isWritable(folder)) {
        reason = "permission denied for " + folder;
      }
      remedy = "name a place with -o that you may write to";
    }
    return new CommandFailure(
        ExitCode.ERROR, "cannot write %s: %s; %s".formatted(name, reason, remedy), cause);
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
    interruption.commandDecidesEnd();
    try {
      stream.flush();
      if (channel != null && temporary != null && target != null) {
        channel.force(true);
        stream.close();
        rename(temporary, target);
      }
    } catch (IOException e) {
      throw unwritable(name, target, e);
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
      throw unwritable(name, target, e);
    }
  }

  /** What was written could not be; the message names the output, the reason and the remedy. */
  public static final class UnwritableException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final String REMEDY = "make room, or name another file with -o";

    UnwritableException(String name, IOException cause) {
      super("cannot write %s: %s; %s".formatted(name, FileTrouble.reason(cause), REMEDY), cause);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /** Tells failures to write from failures to read what is written. */
  private static final class Named extends FilterOutputStream {

    private final String name;

    Named(OutputStream out, String name) {
      super(out);
      this.name = name;
    }

    @Override
    public void write(int value) throws IOException {
      try {
        out.write(value);
      } catch (IOException e) {
        throw new UnwritableException(name, e);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new UnwritableException(name, e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw new UnwritableException(name, e);
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
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
        throw new IOException("it was closed, or what it goes to is full");
      }
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
