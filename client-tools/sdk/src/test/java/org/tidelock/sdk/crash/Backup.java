package org.tidelock.sdk.crash;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tidelock.service.db.DatabaseAddress;

/**
 * A backup of a PostgreSQL that goes on working meanwhile, as {@code docs/operations.md} tells an
 * operator to take and to restore it: a copy of the data directory between {@code pg_backup_start}
 * and {@code pg_backup_stop}, and the write-ahead log until then, which a slot keeps from being
 * removed. See PostgreSQL's manual, "Making a Base Backup Using the Low Level API".
 */
final class Backup {

  /** Belongs to the running server, or is copied after the backup's end. */
  private static final Set<String> LEFT_OUT =
      Set.of("postmaster.pid", "postmaster.opts", "pg_wal", "pg_replslot");

  private final Path folder;

  private Backup(Path folder) {
    this.folder = folder;
  }

  /** Takes a backup into a new folder. */
  static Backup take(Postgres postgres, Path folder) throws IOException, SQLException {
    newFolder(folder);
    for (String emptied : List.of("pg_wal", "pg_replslot")) {
      newFolder(folder.resolve("data").resolve(emptied));
    }
    try (Connection connection = DatabaseAddress.parse(postgres.administratorUrl()).connect();
        Statement sql = connection.createStatement()) {
      sql.execute("SELECT pg_create_physical_replication_slot('tidelock_backup', true)");
      sql.execute("SELECT pg_backup_start('tidelock', true)");
      copy(postgres.data(), folder.resolve("data"), LEFT_OUT);
      try (var stopped = sql.executeQuery("SELECT labelfile FROM pg_backup_stop()")) {
        stopped.next();
        Files.writeString(folder.resolve("data/backup_label"), stopped.getString("labelfile"));
      }
      copy(postgres.data().resolve("pg_wal"), folder.resolve("data/pg_wal"), Set.of());
      sql.execute("SELECT pg_drop_replication_slot('tidelock_backup')");
    }
    copyPasswords(postgres.data().getParent(), folder);
    return new Backup(folder);
  }

  /** Starts a PostgreSQL on a copy of the backup, in a new folder. */
  Postgres restore(Path to) throws IOException {
    newFolder(to);
    copy(folder.resolve("data"), newFolder(to.resolve("data")), Set.of());
    copyPasswords(folder, to);
    return Postgres.startIn(to);
  }

  private static Path newFolder(Path folder) throws IOException {
    return Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void copyPasswords(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".password")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** Copies files that change and vanish meanwhile: the write-ahead log mends what came torn. */
  private static void copy(Path from, Path to, Set<String> leftOut) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (isLeftOut(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            newFolder(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!isLeftOut(file)) {
              try {
                Files.copy(file, to.resolve(from.relativize(file)));
              } catch (NoSuchFileException e) {
                // Removed since it was listed.
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          private boolean isLeftOut(Path path) {
            return leftOut.contains(from.relativize(path).toString());
          }
        });
  }
}
