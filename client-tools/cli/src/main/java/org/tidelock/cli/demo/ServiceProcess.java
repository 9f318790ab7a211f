package org.tidelock.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidelock.cli.CommandFailure;
import org.tidelock.cli.ExitCode;
import org.tidelock.cli.Main;

/**
 * {@code tidelock serve} as its users run it: this very program in a process of its own, with its
 * data below a folder, at ports that stay the same from one start to the next. What it prints goes
 * to files there.
 */
final class ServiceProcess {

  private static final int START_SECONDS = 180;
  private static final int STOP_SECONDS = 45;
  private static final int KILL_SECONDS = 10;
  private static final String READY = "Ctrl-C stops it";
  private static final List<String> POSTGRES =
      List.of("server/postgres/data", "key-server/postgres/data");

  private final Path folder;
  private final Story story;
  private final Path out;
  private final Path log;
  private final Path temporary;
  private @Nullable Process process;
  private String address = "";
  private String keyServerAddress = "";
  private String certificate = "";

  ServiceProcess(Path folder, Story story) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.story = story;
    this.out = folder.resolve("service.txt");
    this.log = folder.resolve("service.log");
    this.temporary = Files.createDirectories(folder.resolve("temporary"));
  }

  /** Starts it, on the data and at the ports of the last start, and waits until it is ready. */
  void start() throws IOException {
    Files.deleteIfExists(out);
    ProcessBuilder builder =
        new ProcessBuilder(command())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // No setting of a service that the user runs is this one's.
    builder.environment().keySet().removeIf(ServiceProcess::isSetting);
    Process started = builder.start();
    process = started;
    started.getOutputStream().close();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.readString(out).contains(READY)) {
      story.pause();
      if (!started.isAlive() || System.nanoTime() > deadline) {
        throw notStarted(started);
      }
    }
    address = announced("address");
    keyServerAddress = announced("key server");
    certificate = announced("certificate");
  }

  /** Where clients reach it. */
  String address() {
    return address;
  }

  /** The fingerprint that it tells its clients to compare: SHA-256, in hexadecimal. */
  String certificate() {
    return certificate;
  }

  long pid() {
    return running().pid();
  }

  /** Where everything lies that it keeps. */
  Path data() {
    return folder.resolve("service");
  }

  /** The newest code that it printed instead of mailing it. */
  String codeFor(String contact) throws IOException {
    Pattern code =
        Pattern.compile("to " + Pattern.quote(contact) + ":.*?code is ([0-9]{8})", Pattern.DOTALL);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline) {
      Matcher printed = code.matcher(Files.readString(out));
      if (printed.find()) {
        return printed.group(1);
      }
      story.pause();
    }
    throw new IOException("the service printed no code for " + contact);
  }

  /**
   * Kills it and its PostgreSQLs as {@code kill -9} does.
   *
   * @return how many processes that were, without PostgreSQL's own children
   */
  int kill() throws IOException {
    List<ProcessHandle> victims = new ArrayList<>(postmasters());
    victims.addFirst(running().toHandle());
    victims.forEach(ProcessHandle::destroyForcibly);
    victims.forEach(victim -> awaitEnd(victim, KILL_SECONDS));
    return victims.size();
  }

  /** Stops it in order, and by force what does not obey; nothing of it runs afterwards. */
  void stop() {
    Process last = process;
    if (last == null) {
      return;
    }
    List<ProcessHandle> disobedient = new ArrayList<>();
    last.destroy();
    if (!awaitEnd(last.toHandle(), STOP_SECONDS)) {
      disobedient.add(last.toHandle());
      disobedient.addAll(last.descendants().toList());
    }
    disobedient.addAll(postmasters());
    disobedient.forEach(ProcessHandle::destroyForcibly);
    disobedient.forEach(process -> awaitEnd(process, KILL_SECONDS));
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the launcher starts a service, but for the optimising compiler, which a minute never
    // repays.
    command.add("-XX:-UsePerfData");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    // Killed, it leaves its temporary files where the demo's are removed.
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("serve", "--home", folder.toString()));
    command.addAll(List.of("--port", port(address), "--key-server-port", port(keyServerAddress)));
    for (String inside :
        List.of("introspection-port", "operations-port", "key-server-operations-port")) {
      command.addAll(List.of("--" + inside, "0"));
    }
    return command;
  }

  private static String port(String address) {
    return address.isEmpty() ? "0" : address.substring(address.lastIndexOf(':') + 1);
  }

  private static boolean isSetting(String variable) {
    return variable.startsWith("TIDELOCK_") && !variable.equals("TIDELOCK_NATIVE");
  }

  private String announced(String label) throws IOException {
    Matcher line =
        Pattern.compile("(?m)^  %s +(\\S+)$".formatted(label)).matcher(Files.readString(out));
    if (!line.find()) {
      throw new IOException("the service does not say its " + label);
    }
    return line.group(1);
  }

  private CommandFailure notStarted(Process started) throws IOException {
    story.goOn();
    String said =
        Files.readAllLines(log).stream()
            .filter(line -> line.startsWith("tidelock: "))
            .reduce((before, last) -> last)
            .map(line -> line.substring("tidelock: ".length()))
            .orElse(
                started.isAlive()
                    ? "it was not ready within %d s".formatted(START_SECONDS)
                    : "it ended with status %d".formatted(started.exitValue()));
    return new CommandFailure(
        ExitCode.ERROR,
        "the demo's service does not start in %s: %s; see whether tidelock serve starts here, or have it start in another folder by TIDELOCK_JAVA_OPTS=-Djava.io.tmpdir=DIR"
            .formatted(folder, said));
  }

  private Process running() {
    Process last = process;
    if (last == null) {
      throw new IllegalStateException("the service was not started");
    }
    return last;
  }

  private List<ProcessHandle> postmasters() {
    return POSTGRES.stream()
        .map(data -> data().resolve(data).resolve("postmaster.pid"))
        .flatMap(file -> postmaster(file).stream())
        .toList();
  }

  /** The number may belong to another program by now; only a PostgreSQL is taken for one. */
  private static Optional<ProcessHandle> postmaster(Path file) {
    try {
      return Files.exists(file)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
              .filter(found -> found.info().command().orElse("").contains("postgres"))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean awaitEnd(ProcessHandle process, int seconds) {
    try {
      process.onExit().get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
