package org.tidelock.service.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The file in which a PostgreSQL names itself as the server of a data directory. It also names the
 * shared memory by which the next server knows whether processes of a killed one are still at work
 * on the data, so it is never deleted here.
 */
record PostmasterPid(Path file) {

  static PostmasterPid of(Path data) {
    return new PostmasterPid(data.resolve("postmaster.pid"));
  }

  /**
   * The process that the file names, if it is alive and PostgreSQL. If it is alive and another
   * program, which has the number by now, the file names a dead one from here on: PostgreSQL would
   * believe that program to be itself.
   */
  OptionalLong running() throws IOException {
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    long pid = Long.parseLong(lines().getFirst().strip());
    ProcessHandle process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
    if (process == null) {
      return OptionalLong.empty();
    }
    if (process.info().command().orElse("postgres").contains("postgres")) {
      return OptionalLong.of(pid);
    }
    nameInstead(deadProcess());
    return OptionalLong.empty();
  }

  private void nameInstead(long pid) throws IOException {
    List<String> changed = new ArrayList<>(lines());
    changed.set(0, Long.toString(pid));
    Files.write(file, changed);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file);
  }

  private static long deadProcess() throws IOException {
    Process process = new ProcessBuilder("true").start();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return process.pid();
  }
}
