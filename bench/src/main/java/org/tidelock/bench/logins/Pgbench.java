package org.tidelock.bench.logins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tidelock.service.db.DatabaseAddress;

/** PostgreSQL's own load generator, with the statements of one call as its script. */
final class Pgbench {

  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without");

  private final Path program;
  private final DatabaseAddress database;
  private final Path folder;
  private final int clients;

  /** Against {@code database}; scripts are laid into {@code folder}. */
  Pgbench(DatabaseAddress database, Path folder, int clients) throws IOException {
    this.program = find();
    this.database = database;
    this.folder = folder;
    this.clients = clients;
  }

  /**
   * How often the script is done a second, by all clients together.
   *
   * @param script the resource's name
   * @param users how many users there are to pick from
   */
  double perSecond(String script, int users, Duration duration) throws IOException {
    Path file = folder.resolve(script);
    try (InputStream resource = Pgbench.class.getResourceAsStream(script)) {
      if (resource == null) {
        throw new IllegalStateException("no script " + script);
      }
      Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
    }
    Path output = folder.resolve(script + ".out");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=2",
                "--time=" + duration.toSeconds(),
                "--define=users=" + users,
                "--file=" + file,
                database.revealUri())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit;
    try {
      exit = process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(text);
    if (exit != 0 || !rate.find()) {
      throw new IOException("pgbench failed: " + text);
    }
    return Double.parseDouble(rate.group(1));
  }

  private static Path find() throws IOException {
    List<Path> folders =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of).toList();
    for (Path folder : folders) {
      if (Files.isExecutable(folder.resolve("pgbench"))) {
        return folder.resolve("pgbench");
      }
    }
    throw new IOException("pgbench is needed; on Debian: apt-get install postgresql-client");
  }
}
