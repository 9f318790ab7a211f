package org.tidelock.sdk.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of processes that a test starts, as libfaketime shows it to them; the machine's
 * own is never touched. Only the wall clock: the monotonic clock, by which a Java machine and
 * PostgreSQL measure how long they wait, stays the machine's ({@code
 * FAKETIME_DONT_FAKE_MONOTONIC}), and so does the time since boot, which the service reads from a
 * file. Without {@code FAKETIME_FORCE_MONOTONIC_FIX=0} the library would end a Java machine's timed
 * waits at once. The file with the shift is read anew at every look at the clock ({@code
 * FAKETIME_NO_CACHE}), so that a step is seen at once.
 */
final class FakedClock {

  /** Where Debian and others put the variant for programs with several threads. */
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private final Path library;
  private final Path file;

  private FakedClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** The library, if it is installed. */
  static Optional<Path> library() throws IOException {
    for (String folder : new String[] {"/usr/lib", "/usr/lib64", "/usr/local/lib"}) {
      if (!Files.isDirectory(Path.of(folder))) {
        continue;
      }
      try (Stream<Path> below = Files.list(Path.of(folder))) {
        Optional<Path> found =
            Stream.concat(Stream.of(Path.of(folder)), below)
                .map(path -> path.resolve(LIBRARY))
                .filter(Files::exists)
                .findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** A clock that is right until it is set. */
  static FakedClock right(Path library, Path file) throws IOException {
    FakedClock clock = new FakedClock(library, file);
    clock.set(Duration.ZERO);
    return clock;
  }

  /** Sets the clock by so much from what the machine's shows. */
  void set(Duration shift) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.writeString(partial, "%+d%n".formatted(shift.toSeconds()));
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What a process needs that is to see this clock. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
        "NO_FAKE_STAT", "1");
  }
}
