package org.tidelock.engine.solve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.SquaringWork;

/**
 * The checkpoints of one puzzle on disk, in a folder of their own, locked against a second solver.
 *
 * <p>A checkpoint is written to a temporary file, synced and renamed, so that a crash leaves either
 * the old files or the new one whole. The last three are kept. Not thread-safe.
 */
public final class CheckpointStore implements AutoCloseable {

  private static final int KEPT = 3;
  private static final String SUFFIX = ".checkpoint";
  private static final String LOCK = "lock";

  private final Path folder;
  private final SquaringWork work;
  private final FileChannel lockChannel;

  private CheckpointStore(Path folder, SquaringWork work, FileChannel lockChannel) {
    this.folder = folder;
    this.work = work;
    this.lockChannel = lockChannel;
  }

  /**
   * Opens the store of a puzzle below {@code workDir}, creating its folder, named by the puzzle's
   * id.
   *
   * @throws WorkInUseException if another solver, in this process or elsewhere, has it open
   * @throws IOException if the folder cannot be made or written
   */
  public static CheckpointStore open(Path workDir, SquaringWork work) throws IOException {
    Path folder = workDir.resolve(work.id().toHex());
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!locked(channel)) {
        throw new WorkInUseException(folder);
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new CheckpointStore(folder, work, channel);
  }

  /** The folder the checkpoints lie in. */
  public Path folder() {
    return folder;
  }

  /**
   * The furthest checkpoint that can be trusted: whole, of the right checksum, and of this puzzle.
   *
   * @param skipped told of each file that cannot, and why
   */
  Optional<Checkpoint> latest(BiConsumer<Path, String> skipped) throws IOException {
    for (Path file : files()) {
      switch (read(file)) {
        case CheckpointCodec.Decoded.Whole(Checkpoint checkpoint) -> {
          return Optional.of(checkpoint);
        }
        case CheckpointCodec.Decoded.Unusable(String reason) -> skipped.accept(file, reason);
      }
    }
    return Optional.empty();
  }

  /** Writes a checkpoint durably, then removes all but the last three. */
  void save(Checkpoint checkpoint) throws IOException {
    String name = String.format(Locale.ROOT, "%019d%s", checkpoint.position(), SUFFIX);
    Path temporary = folder.resolve(name + ".tmp");
    try {
      write(temporary, CheckpointCodec.encode(checkpoint, work.modulus()));
      Files.move(
          temporary,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary); // there only if it failed, on a full disk perhaps
    }
    syncFolder();
    List<Path> files = files();
    for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /**
   * Removes the folder and all in it: the puzzle is solved and what it opens is safe elsewhere. The
   * store is closed.
   */
  public void discard() throws IOException {
    try (lockChannel) {
      removeFolder();
    }
  }

  /** Releases the lock; the checkpoints stay. A folder that holds none goes. */
  @Override
  public void close() throws IOException {
    try (lockChannel) {
      if (lockChannel.isOpen() && files().isEmpty()) {
        removeFolder();
      }
    } catch (NoSuchFileException alreadyGone) {
      // Somebody tidied up; what was computed does not depend on it.
    }
  }

  private void removeFolder() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        Files.deleteIfExists(entry);
      }
    }
    Files.deleteIfExists(folder);
  }

  /** Checkpoint files, the furthest first: their names are positions of fixed width. */
  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
          .toList();
    }
  }

  private CheckpointCodec.Decoded read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return new CheckpointCodec.Decoded.Unusable("it is not a regular file");
      }
      long size = Files.size(file);
      if (size > CheckpointCodec.MAX_BYTES) {
        return new CheckpointCodec.Decoded.Unusable(
            "it has %d bytes; at most %d belong into a checkpoint"
                .formatted(size, CheckpointCodec.MAX_BYTES));
      }
      return CheckpointCodec.decode(Files.readAllBytes(file), work);
    } catch (IOException e) {
      return new CheckpointCodec.Decoded.Unusable("it cannot be read: " + e.getMessage());
    }
  }

  private void syncFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
