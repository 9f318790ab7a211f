package org.tidelock.service.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are run, which refuse to be root. An ordinary user runs them as they
 * are. Root runs them in a user namespace of their own, where they are nobody while the files stay
 * root's; where the system allows none, as the owner of the data directory or as the user {@code
 * postgres}.
 */
final class UnprivilegedCommand {

  private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

  private final List<String> prefix;

  private UnprivilegedCommand(List<String> prefix) {
    this.prefix = prefix;
  }

  /** The way for the data directory below {@code home}, which may not exist yet. */
  static UnprivilegedCommand forHome(Path home, Path data) throws IOException {
    if (!owner(home).equals("root") || !"root".equals(System.getProperty("user.name"))) {
      return new UnprivilegedCommand(List.of());
    }
    if (Files.exists(data) && !owner(data).equals("root")) {
      return as(owner(data));
    }
    UnprivilegedCommand namespace = new UnprivilegedCommand(List.of("unshare", "--user"));
    if (namespace.works()) {
      return namespace;
    }
    UnprivilegedCommand postgres = as("postgres");
    if (!postgres.works()) {
      throw new IOException(
          "PostgreSQL does not run as root, and neither a user namespace nor a user named postgres"
              + " is here; start as an ordinary user, or give --database-url");
    }
    giveTo("postgres", home);
    return postgres;
  }

  /**
   * Runs a program to its end.
   *
   * @return its exit status and what it wrote
   */
  Result run(List<String> command) throws IOException {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    Path output = Files.createTempFile("tidelock-", ".out");
    try {
      // A file, not a pipe: a server left running in the background would hold a pipe open.
      Process process =
          new ProcessBuilder(whole)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("%s did not end within %s".formatted(command.get(0), LONGEST_RUN));
      }
      return new Result(process.exitValue(), Files.readString(output));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + command.get(0), e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Runs a program that has to succeed. */
  void require(List<String> command) throws IOException {
    Result result = run(command);
    if (result.status != 0) {
      throw new IOException(
          "%s ended with status %d: %s"
              .formatted(command.get(0), result.status, result.output.strip()));
    }
  }

  record Result(int status, String output) {}

  private boolean works() {
    try {
      return run(List.of("true")).status == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static UnprivilegedCommand as(String user) {
    return new UnprivilegedCommand(
        List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--init-groups"));
  }

  private static String owner(Path path) throws IOException {
    return Files.getOwner(path).getName();
  }

  private static void giveTo(String user, Path home) throws IOException {
    var principal =
        home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setOwner(file, principal);
      }
    }
  }
}
