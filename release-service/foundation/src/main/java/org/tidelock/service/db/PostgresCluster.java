package org.tidelock.service.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL data directory and the server on it. One program at a time holds it, by a lock on a
 * file. The server listens on the loopback address only, asks everyone for a password, and is set
 * as {@link PostgresSettings} says.
 */
final class PostgresCluster {

  static final String ADMINISTRATOR = "tidelock_admin";

  private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);

  private static final String PORT = "port";
  private static final int TRIES = 100;
  private static final long PAUSE_MILLIS = 100;

  private static final String WHO_MAY_ENTER =
      """
      # Written at each start. Nobody enters without a password.
      host all all 127.0.0.1/32 scram-sha-256
      """;

  private final Path home;
  private final Path data;
  private final FileChannel lock;
  private final UnprivilegedCommand command;
  private final PostgresBinaries binaries;

  private PostgresCluster(
      Path home, FileChannel lock, UnprivilegedCommand command, PostgresBinaries binaries) {
    this.home = home;
    this.data = home.resolve("data");
    this.lock = lock;
    this.command = command;
    this.binaries = binaries;
  }

  /** Takes hold of the directory, and makes the data directory if there is none. */
  static PostgresCluster open(Path home, String administratorPassword) throws IOException {
    FileChannel lock = lock(home);
    try {
      Path data = home.resolve("data");
      PostgresBinaries binaries = PostgresBinaries.find(home, madeBy(data));
      UnprivilegedCommand command = UnprivilegedCommand.forHome(home, data);
      PostgresCluster cluster = new PostgresCluster(home, lock, command, binaries);
      if (!Files.exists(data)) {
        cluster.initialise(administratorPassword);
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Starts the server, after stopping one that an earlier run left behind: its settings are
   * unknown, so it is never used as it is.
   *
   * @return the port it listens on
   */
  int start() throws IOException {
    stopOrphan();
    Files.writeString(data.resolve("pg_hba.conf"), WHO_MAY_ENTER);
    int port = choosePort();
    Path serverLog = home.resolve("postgresql.log");
    UnprivilegedCommand.Result result = start(port, serverLog);
    for (int i = 0; i < TRIES && result.status() != 0 && isStillInUse(serverLog); i++) {
      pause();
      result = start(port, serverLog);
    }
    if (result.status() != 0) {
      throw new IOException(
          "PostgreSQL did not start: %s %s".formatted(result.output().strip(), end(serverLog)));
    }
    log.info("PostgreSQL {} runs on {} at port {}", binaries.majorVersion(), data, port);
    return port;
  }

  private UnprivilegedCommand.Result start(int port, Path serverLog) throws IOException {
    return command.run(
        List.of(
            binaries.program("pg_ctl"),
            "start",
            "--pgdata=" + data,
            "--wait",
            "--timeout=60",
            "--silent",
            "--log=" + serverLog,
            "--options=" + PostgresSettings.options(port)));
  }

  /**
   * Whether processes of a server that was killed are still at work on the data. They end by
   * themselves; PostgreSQL knows them by the shared memory that its pid file names.
   */
  private static boolean isStillInUse(Path serverLog) throws IOException {
    return end(serverLog).contains("pre-existing shared memory block");
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL starts", e);
    }
  }

  /** Stops the server, letting it finish what it does, and lets go of the directory. */
  void stop() throws IOException {
    try {
      command.require(stopCommand());
    } finally {
      letGo();
    }
  }

  void letGo() throws IOException {
    lock.close();
  }

  private List<String> stopCommand() {
    return List.of(
        binaries.program("pg_ctl"),
        "stop",
        "--pgdata=" + data,
        "--mode=fast",
        "--wait",
        "--timeout=60",
        "--silent");
  }

  private static FileChannel lock(Path home) throws IOException {
    return tryLock(home)
        .orElseThrow(
            () ->
                new IOException(
                    "%s is in use by another running service; stop it, or choose another data"
                            .formatted(home)
                        + " directory"));
  }

  /** Whether a running service holds the directory. */
  static boolean isHeld(Path home) throws IOException {
    Optional<FileChannel> lock = tryLock(home);
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  private static Optional<FileChannel> tryLock(Path home) throws IOException {
    FileChannel channel =
        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Held within this very program: the same answer as held by another.
    }
    channel.close();
    return Optional.empty();
  }

  private static OptionalInt madeBy(Path data) throws IOException {
    Path version = data.resolve("PG_VERSION");
    return Files.exists(version)
        ? OptionalInt.of(Integer.parseInt(Files.readString(version).strip()))
        : OptionalInt.empty();
  }

  /** Makes the data directory under another name first: a crash leaves nothing half-made behind. */
  private void initialise(String administratorPassword) throws IOException {
    Path partial = home.resolve("data.partial");
    deleteAll(partial);
    Path passwordFile = home.resolve("initial-password");
    writePrivately(passwordFile, administratorPassword);
    try {
      command.require(
          List.of(
              binaries.program("initdb"),
              "--pgdata=" + partial,
              "--username=" + ADMINISTRATOR,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--data-checksums"));
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void stopOrphan() throws IOException {
    OptionalLong pid = PostmasterPid.of(data).running();
    if (pid.isEmpty()) {
      return;
    }
    log.warn(
        "PostgreSQL of an earlier run still works on {} (process {}); stopping it",
        data,
        pid.getAsLong());
    UnprivilegedCommand.Result stopped = command.run(stopCommand());
    if (stopped.status() != 0) {
      throw new IOException(
          "process %d still works on %s and could not be stopped: %s; stop it and start again"
              .formatted(pid.getAsLong(), data, stopped.output().strip()));
    }
  }

  /** The port of the last run if it is still free, so that an operator's notes stay true. */
  private int choosePort() throws IOException {
    int last = lastPort(home);
    int port = isFree(last) ? last : freePort();
    Files.writeString(home.resolve(PORT), Integer.toString(port));
    return port;
  }

  /** The port of the present run or of the last one; 0 before the first. */
  static int lastPort(Path home) throws IOException {
    Path file = home.resolve(PORT);
    return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
  }

  private static boolean isFree(int port) {
    if (port == 0) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static String end(Path serverLog) throws IOException {
    if (!Files.exists(serverLog)) {
      return "";
    }
    List<String> lines = Files.readAllLines(serverLog);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  static void writePrivately(Path file, String content) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    Files.createFile(
        partial,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(partial, content);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void deleteAll(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
