package org.tidelock.sdk.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelock.service.db.DatabaseAddress;

/**
 * A PostgreSQL in processes of its own, on data in a folder, at a port that stays the same from one
 * start to the next.
 */
final class Postgres implements AutoCloseable {

  private static final Pattern RUNS = Pattern.compile("PostgreSQL runs: (\\S+) (\\S+) (\\S+)");

  private final Path folder;
  private Map<String, String> environment;
  private Program program;

  private Postgres(Path folder, Map<String, String> environment) throws IOException {
    this.folder = folder;
    this.environment = environment;
    this.program = run();
  }

  /** On the data in {@code folder}, or on new data there. */
  static Postgres startIn(Path folder) throws IOException {
    return startIn(folder, Map.of());
  }

  /** The same, in an environment with more variables. */
  static Postgres startIn(Path folder, Map<String, String> environment) throws IOException {
    return new Postgres(folder, environment);
  }

  /** The server's administrator. */
  String administratorUrl() throws IOException {
    return announced(1);
  }

  /** The role that owns the database. */
  String ownerUrl() throws IOException {
    return announced(2);
  }

  /** The role that a node works as. */
  String serviceUrl() throws IOException {
    return announced(3);
  }

  /** As the owner of the database. */
  Connection connect() throws IOException, SQLException {
    return DatabaseAddress.parse(ownerUrl()).connect();
  }

  /** Kills the postmaster, as {@code kill -9} does. Nobody starts it again. */
  void kill() throws IOException {
    ProcessHandle postmaster = postmaster();
    postmaster.destroyForcibly();
    postmaster.onExit().join();
    program.kill();
  }

  /** Kills one of its processes; the postmaster then ends the others and recovers. */
  void killOneProcess(Random random) throws IOException {
    List<ProcessHandle> processes = postmaster().children().toList();
    processes.get(random.nextInt(processes.size())).destroyForcibly();
  }

  /** Starts after a kill or a stop. */
  void restart() throws IOException {
    restart(environment);
  }

  /** The same, in another environment. */
  void restart(Map<String, String> changed) throws IOException {
    environment = changed;
    program = run();
  }

  Path data() {
    return folder.resolve("data");
  }

  @Override
  public void close() {
    program.close();
  }

  private Program run() throws IOException {
    return Program.start(
        PostgresProgram.class.getName(),
        RUNS.pattern(),
        output(),
        environment,
        List.of(folder.toString()));
  }

  private ProcessHandle postmaster() throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).getFirst().strip());
    return ProcessHandle.of(pid).orElseThrow(() -> new IOException("no PostgreSQL runs as " + pid));
  }

  private String announced(int part) throws IOException {
    Matcher runs = RUNS.matcher(Files.readString(output()));
    String newest = "";
    while (runs.find()) {
      newest = runs.group(part);
    }
    return newest;
  }

  private Path output() {
    return folder.resolveSibling(folder.getFileName() + ".out");
  }
}
