package org.tidelock.engine.kernel.ffm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A packed library written to a file that nobody else can touch, deleted on close. The system's
 * loader needs a file; once it has mapped it, the file may go.
 *
 * <p>The directory is created with mode 0700 in one step under a fresh random name, so that it can
 * be neither a link nor someone else's. What remains is a directory above it that others may
 * rename: such a place is refused. The file is read back and compared before use.
 */
final class PrivateCopy implements AutoCloseable {

  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int ROOT = 0;

  private final Path directory;
  private final Path file;

  private PrivateCopy(Path directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  /**
   * Writes {@code library} below {@code temporaryDirectory}.
   *
   * @throws IOException if the place is not safe, cannot be written, or does not give back what was
   *     written; nothing is left behind
   */
  static PrivateCopy create(PackedLibrary library, Path temporaryDirectory) throws IOException {
    Path parent = temporaryDirectory.toRealPath();
    Path directory =
        Files.createTempDirectory(
            parent,
            "tidelock-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    PrivateCopy copy = new PrivateCopy(directory, directory.resolve(PackedLibrary.FILE_NAME));
    try {
      requireNobodyElseCanRename(directory);
      Files.write(
          copy.file, library.content(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (!library.matches(Files.readAllBytes(copy.file))) {
        throw new IOException(copy.file + " does not hold what was written to it");
      }
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.closeAfter(e);
      throw e;
    }
  }

  Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(directory);
  }

  private void closeAfter(Exception first) {
    try {
      close();
    } catch (IOException e) {
      first.addSuppressed(e);
    }
  }

  /** Each directory above must belong to us or to root, and be sticky where others may write. */
  private static void requireNobodyElseCanRename(Path directory) throws IOException {
    int self = attribute(directory, "unix:uid");
    for (Path above = directory.getParent(); above != null; above = above.getParent()) {
      int owner = attribute(above, "unix:uid");
      int mode = attribute(above, "unix:mode");
      boolean ours = owner == self || owner == ROOT;
      boolean closed = (mode & WRITABLE_BY_OTHERS) == 0 || (mode & STICKY) != 0;
      if (!ours || !closed) {
        throw new IOException(
            "%s (mode %04o, owner %d) can be changed by other users"
                .formatted(above, mode & 07777, owner));
      }
    }
  }

  private static int attribute(Path path, String name) throws IOException {
    return (int) Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
  }
}
