package org.tidelock.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Invocation;
import org.tidelock.cli.files.FileTrouble;

/**
 * What the demo would leave behind: its folder, and what runs and works in it. Closed, or ended by
 * a signal, it stops the newest first and removes the folder last. Thread-safe.
 */
final class Leftovers implements AutoCloseable {

  private static final int REMOVAL_TRIES = 20;
  private static final long BETWEEN_TRIES_MILLIS = 100;

  private final Invocation invocation;
  private final Path folder;
  private final Runnable onSignal = this::clear;
  private final Deque<Runnable> stops = new ArrayDeque<>();

  private Leftovers(Invocation invocation, Path folder) {
    this.invocation = invocation;
    this.folder = folder;
    invocation.interruption().cleanUp(onSignal);
  }

  /** An empty folder that others may pass through, as PostgreSQL has to where we are root. */
  static Leftovers inNewFolder(Invocation invocation) {
    try {
      Path folder = Files.createTempDirectory("tidelock-demo-");
      Leftovers leftovers = new Leftovers(invocation, folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return leftovers;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.ERROR,
          "no place for temporary files: %s; name another folder with TIDELOCK_JAVA_OPTS=-Djava.io.tmpdir=DIR"
              .formatted(FileTrouble.reason(e)),
          e);
    }
  }

  Path folder() {
    return folder;
  }

  /** Has something stopped before the folder is removed. */
  synchronized void stopLater(Runnable stop) {
    stops.push(stop);
  }

  @Override
  public void close() {
    clear();
    invocation.interruption().forget(onSignal);
  }

  private synchronized void clear() {
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
    // A PostgreSQL that was killed has children that notice it a moment later.
    for (int tries = 0; tries < REMOVAL_TRIES && !isRemoved(); tries++) {
      try {
        Thread.sleep(BETWEEN_TRIES_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean isRemoved() {
    try (Stream<Path> entries = Files.walk(folder)) {
      List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : deepestFirst) {
        Files.deleteIfExists(entry);
      }
      return true;
    } catch (NoSuchFileException e) {
      return !Files.exists(folder);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
