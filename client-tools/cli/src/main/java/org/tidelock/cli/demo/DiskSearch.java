package org.tidelock.cli.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for byte strings in every file below a folder, whatever the files are. */
final class DiskSearch {

  private static final int BLOCK = 1 << 20;

  private final Map<String, byte[]> wanted;
  private final int overlap;

  /**
   * A search.
   *
   * @param wanted what is looked for, under names to tell it by; each at most a megabyte
   */
  DiskSearch(Map<String, byte[]> wanted) {
    this.wanted = Map.copyOf(wanted);
    this.overlap = wanted.values().stream().mapToInt(bytes -> bytes.length).max().orElse(1) - 1;
  }

  /**
   * What came of it.
   *
   * @param bytes how much was looked through
   * @param found the first thing found, and where
   */
  record Result(long bytes, Optional<String> found) {}

  /** Looks through everything. */
  Result in(Path folder) throws IOException {
    long bytes = 0;
    List<Path> files;
    try (Stream<Path> entries = Files.walk(folder)) {
      files = entries.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Optional<String> found = search(file);
      if (found.isPresent()) {
        return new Result(bytes, Optional.of(found.get() + " in " + folder.relativize(file)));
      }
      bytes += Files.size(file);
    }
    return new Result(bytes, Optional.empty());
  }

  private Optional<String> search(Path file) throws IOException {
    byte[] window = new byte[overlap + BLOCK];
    int kept = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int read = in.readNBytes(window, kept, BLOCK);
          read > 0;
          read = in.readNBytes(window, kept, BLOCK)) {
        int length = kept + read;
        for (Map.Entry<String, byte[]> each : wanted.entrySet()) {
          if (contains(window, length, each.getValue())) {
            return Optional.of(each.getKey());
          }
        }
        // What lies across two blocks is found in the second.
        kept = Math.min(overlap, length);
        System.arraycopy(window, length - kept, window, 0, kept);
      }
    }
    return Optional.empty();
  }

  private static boolean contains(byte[] window, int length, byte[] wanted) {
    for (int i = 0; i + wanted.length <= length; i++) {
      if (window[i] == wanted[0]
          && Arrays.equals(window, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
