package org.tidelock.service.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs: those packed with the service, unpacked once below the data directory, or
 * those the system has.
 *
 * @param folder where {@code initdb}, {@code pg_ctl} and {@code postgres} lie
 * @param majorVersion such as 18; a data directory can be served by its own major version only
 */
record PostgresBinaries(Path folder, int majorVersion) {

  /** The major version of the packed programs; the build's dependency says the same. */
  private static final int PACKED_MAJOR_VERSION = 18;

  private static final Path SYSTEM_FOLDER = Path.of("/usr/lib/postgresql");

  /**
   * Finds programs, packed ones first.
   *
   * @param needed the major version that an existing data directory was made by
   * @throws IOException if there are none of that version; the message says what to do
   */
  static PostgresBinaries find(Path home, OptionalInt needed) throws IOException {
    if (needed.isEmpty() || needed.getAsInt() == PACKED_MAJOR_VERSION) {
      Optional<PostgresBinaries> packed = unpack(home);
      if (packed.isPresent()) {
        return packed.get();
      }
    }
    return system().stream()
        .filter(found -> needed.isEmpty() || needed.getAsInt() == found.majorVersion)
        .findFirst()
        .orElseThrow(() -> new IOException(missing(needed)));
  }

  String program(String name) {
    return folder.resolve(name).toString();
  }

  private static String missing(OptionalInt needed) {
    String remedy = "install it or give --database-url of a PostgreSQL 15 or newer";
    return needed.isPresent()
        ? "the data directory was made by PostgreSQL %d, which is not here; %s"
            .formatted(needed.getAsInt(), remedy)
        : "no PostgreSQL is packed for this platform and none is installed; " + remedy;
  }

  /** The system's versions, the newest first. */
  private static List<PostgresBinaries> system() throws IOException {
    if (!Files.isDirectory(SYSTEM_FOLDER)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(SYSTEM_FOLDER)) {
      return versions
          .filter(version -> version.getFileName().toString().matches("[0-9]{2}"))
          .filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
          .map(
              version ->
                  new PostgresBinaries(
                      version.resolve("bin"), Integer.parseInt(version.getFileName().toString())))
          .filter(found -> found.majorVersion >= 15)
          .sorted(Comparator.comparingInt(PostgresBinaries::majorVersion).reversed())
          .toList();
    }
  }

  /**
   * Unpacks into a folder named by the archive's hash, so that a newer release's programs lie
   * beside those of an older one, and only when complete, by renaming.
   */
  private static Optional<PostgresBinaries> unpack(Path home) throws IOException {
    String archive = archiveName();
    if (PostgresBinaries.class.getResource(archive) == null) {
      return Optional.empty();
    }
    Path target = home.resolve("postgresql-" + hash(archive).substring(0, 16));
    if (!Files.isDirectory(target)) {
      Path partial = Files.createTempDirectory(home, "unpacking-");
      try (InputStream packed = open(archive);
          TarArchiveInputStream entries =
              new TarArchiveInputStream(
                  new XZCompressorInputStream(new BufferedInputStream(packed)))) {
        for (TarArchiveEntry entry = entries.getNextEntry();
            entry != null;
            entry = entries.getNextEntry()) {
          write(entry, entries, partial);
        }
      }
      // Readable for the user that PostgreSQL may have to run as.
      Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return Optional.of(new PostgresBinaries(target.resolve("bin"), PACKED_MAJOR_VERSION));
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    Path file = target.resolve(entry.getName()).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("the packed PostgreSQL holds a path outside its folder");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, file);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String archiveName() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> "none";
        };
    return "/postgres-%s-%s.txz".formatted(system, processor);
  }

  private static String hash(String archive) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    try (InputStream packed = new DigestInputStream(open(archive), digest)) {
      packed.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static InputStream open(String archive) throws IOException {
    InputStream packed = PostgresBinaries.class.getResourceAsStream(archive);
    if (packed == null) {
      throw new IOException(archive + " vanished from the class path");
    }
    return packed;
  }
}
