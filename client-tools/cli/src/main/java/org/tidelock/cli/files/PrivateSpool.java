package org.tidelock.cli.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A file without a name, for what nobody else may see and must not last: gone when it is closed, or
 * however the process ends. Written first, then read. Not thread-safe.
 */
public final class PrivateSpool implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel channel;
  private final OutputStream out;

  private PrivateSpool(FileChannel channel) {
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
  }

  /** An empty one on the disk of a folder, which must be there. */
  public static PrivateSpool in(Path folder) throws IOException {
    Path file = folder.resolve(".spool-" + UUID.randomUUID());
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.delete(file);
    return new PrivateSpool(channel);
  }

  /** Where to write; what is written goes behind what is there. */
  public OutputStream out() {
    return out;
  }

  /** How many bytes were written. */
  public long bytes() throws IOException {
    out.flush();
    return channel.size();
  }

  /** All that was written, from the first byte on. The stream is not to be closed. */
  public InputStream content() throws IOException {
    out.flush();
    channel.position(0);
    return new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
  }

  /** Forgets what was written. */
  public void clear() throws IOException {
    out.flush();
    channel.truncate(0);
    channel.position(0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
