package org.tidelock.engine.lockfile;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A file that appears whole or not at all: written under another name in the same folder, synced,
 * renamed over the target. Closed without {@link #commit}, it leaves nothing behind and the target
 * as it was.
 *
 * <p>A target that is there and no regular file, such as {@code /dev/null} or a named pipe, is
 * written directly. A symbolic link is followed. Not thread-safe.
 */
public final class AtomicFile implements AutoCloseable {

  private final Path target;
  private final Path written;
  private final FileChannel channel;
  private final OutputStream out;
  private boolean committed;

  private AtomicFile(Path target, Path written, FileChannel channel) {
    this.target = target;
    this.written = written;
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  /**
   * Begins writing.
   *
   * @throws IOException if the folder does not exist or cannot be written
   */
  public static AtomicFile create(Path target) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return new AtomicFile(target, target, FileChannel.open(target, StandardOpenOption.WRITE));
    }
    Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    byte[] random = new byte[6];
    new SecureRandom().nextBytes(random);
    Path written =
        real.resolveSibling(
            ".%s.%s.part".formatted(real.getFileName(), HexFormat.of().formatHex(random)));
    return new AtomicFile(
        real,
        written,
        FileChannel.open(written, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
  }

  /** Where the contents go. */
  public OutputStream out() {
    return out;
  }

  /**
   * Makes the file appear: on the disk, and under its name.
   *
   * @throws IOException if that fails; then the target is as it was
   */
  public void commit() throws IOException {
    out.flush();
    if (written.equals(target)) {
      channel.close();
    } else {
      channel.force(true);
      channel.close();
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(target);
    }
    committed = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!committed && !written.equals(target)) {
      Files.deleteIfExists(written);
    }
  }

  /** Makes the new name last. Where folders cannot be opened, the system sees to it alone. */
  private static void syncFolder(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null) {
      return;
    }
    FileChannel opened;
    try {
      opened = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException unsupported) {
      return;
    }
    try (opened) {
      opened.force(true);
    }
  }
}
