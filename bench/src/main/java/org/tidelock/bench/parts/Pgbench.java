package org.tidelock.bench.parts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tidelock.service.db.DatabaseAddress;

/** PostgreSQL's own load generator, with the statements of calls as its scripts. */
public final class Pgbench {

  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without");

  private final Path program;
  private final DatabaseAddress database;
  private final Path folder;
  private final int clients;
  private final Class<?> owner;

  /**
   * Against {@code database}; scripts are laid into {@code folder}.
   *
   * @param owner beside which class the scripts lie, as resources
   */
  public Pgbench(DatabaseAddress database, Path folder, int clients, Class<?> owner)
      throws IOException {
    this.program = find();
    this.database = database;
    this.folder = folder;
    this.clients = clients;
    this.owner = owner;
  }

  /**
   * How often the scripts are done a second, one after another, by all clients together.
   *
   * @param scripts the resources' names; a later one may use what an earlier one set
   * @param variables what the scripts find set
   */
  public double perSecond(List<String> scripts, Map<String, Integer> variables, Duration duration)
      throws IOException {
    Path file = folder.resolve(scripts.getLast());
    StringBuilder whole = new StringBuilder();
    for (String script : scripts) {
      whole.append(text(script));
    }
    Files.writeString(file, whole);
    Path output = folder.resolve(scripts.getLast() + ".out");
    Process process =
        new ProcessBuilder(command(file, variables, duration))
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

  private String text(String script) throws IOException {
    try (InputStream resource = owner.getResourceAsStream(script)) {
      if (resource == null) {
        throw new IllegalStateException("no script " + script);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> command(Path file, Map<String, Integer> variables, Duration duration) {
    List<String> words =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=2",
                "--time=" + duration.toSeconds(),
                "--file=" + file));
    variables.forEach((name, value) -> words.add("--define=%s=%d".formatted(name, value)));
    words.add(database.revealUri());
    return words;
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
