package org.tidelock.server.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** A clock that nobody sets: how long the machine has run since it was booted, and which boot. */
public interface Uptime {

  /** Differs between any two boots. */
  String bootId();

  /** Time since that boot, suspension included. */
  Duration sinceBoot();

  /** This machine's: the kernel's where it tells, else the Java machine's from its start. */
  static Uptime ofThisMachine() {
    Path bootId = Path.of("/proc/sys/kernel/random/boot_id");
    Path uptime = Path.of("/proc/uptime");
    return Files.isReadable(bootId) && Files.isReadable(uptime)
        ? new OfKernel(bootId, uptime)
        : new OfProcess(UUID.randomUUID().toString(), System.nanoTime());
  }

  /** As Linux tells it. */
  record OfKernel(Path bootIdFile, Path uptimeFile) implements Uptime {

    @Override
    public String bootId() {
      return read(bootIdFile);
    }

    @Override
    public Duration sinceBoot() {
      String seconds = read(uptimeFile).split(" ", 2)[0];
      return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
    }

    private static String read(Path file) {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new IllegalStateException(file + " cannot be read", e);
      }
    }
  }

  /** Where the system does not tell: each start of the process counts as a boot. */
  record OfProcess(String bootId, long startNanos) implements Uptime {

    @Override
    public Duration sinceBoot() {
      return Duration.ofNanos(System.nanoTime() - startNanos);
    }
  }
}
