package org.tidelock.sdk.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Server and key server as an operator runs them: two processes, each with a PostgreSQL of its own,
 * at ports that stay the same from one start to the next. What they print goes to files.
 */
final class ServiceProcesses implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 90;

  /** What can be killed. */
  enum Victim {
    SERVER,
    KEY_SERVER,
    SERVER_POSTGRES,
    KEY_SERVER_POSTGRES
  }

  private enum Service {
    SERVER("org.tidelock.server.Main", "server"),
    KEY_SERVER("org.tidelock.keyserver.Main", "key-server");

    final String mainClass;
    final String folder;

    Service(String mainClass, String folder) {
      this.mainClass = mainClass;
      this.folder = folder;
    }
  }

  private final Path folder;
  private final int serverPort = freePort();
  private final int keyServerPort = freePort();
  private final int introspectionPort = freePort();
  private final Map<Service, Process> processes = new EnumMap<>(Service.class);

  private ServiceProcesses(Path folder) {
    this.folder = folder;
  }

  /** Both, on new data in {@code folder}. */
  static ServiceProcesses startIn(Path folder) throws IOException {
    ServiceProcesses both = new ServiceProcesses(folder);
    try {
      both.startWhatIsDown();
    } catch (IOException | RuntimeException e) {
      both.close();
      throw e;
    }
    return both;
  }

  String address() {
    return "https://localhost:" + serverPort;
  }

  /** Kills as {@code kill -9} does. What stood on a killed PostgreSQL goes on without it. */
  void kill(Victim victim) throws IOException {
    switch (victim) {
      case SERVER -> killProcess(Service.SERVER);
      case KEY_SERVER -> killProcess(Service.KEY_SERVER);
      case SERVER_POSTGRES -> killPostgres(Service.SERVER);
      case KEY_SERVER_POSTGRES -> killPostgres(Service.KEY_SERVER);
    }
  }

  /** What an operator does afterwards: whose PostgreSQL died is killed, and what is down starts. */
  void recover(Victim victim) throws IOException {
    switch (victim) {
      case SERVER, KEY_SERVER -> {}
      case SERVER_POSTGRES -> killProcess(Service.SERVER);
      case KEY_SERVER_POSTGRES -> killProcess(Service.KEY_SERVER);
    }
    startWhatIsDown();
  }

  /** The newest code that the server printed for a contact. */
  String codeFor(String contact) throws IOException {
    Pattern code =
        Pattern.compile("to " + Pattern.quote(contact) + ":.*?code is ([0-9]{8})", Pattern.DOTALL);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      Matcher found = code.matcher(Files.readString(output(Service.SERVER)));
      String newest = null;
      while (found.find()) {
        newest = found.group(1);
      }
      if (newest != null) {
        return newest;
      }
      pause();
    }
    throw new IOException("no code for " + contact);
  }

  @Override
  public void close() {
    for (Process process : processes.values()) {
      process.destroy();
    }
    for (Process process : processes.values()) {
      awaitEnd(process);
    }
  }

  private void startWhatIsDown() throws IOException {
    for (Service service : Service.values()) {
      Process process = processes.get(service);
      if (process == null || !process.isAlive()) {
        start(service);
      }
    }
  }

  private void start(Service service) throws IOException {
    Files.createDirectories(folder);
    File output = output(service).toFile();
    long before = output.length();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                service.mainClass,
                "--data=" + folder.resolve(service.folder),
                "--operations-port=0",
                "--rate-limit-factor=1000",
                "--key-server-address=https://localhost:" + keyServerPort));
    command.addAll(
        switch (service) {
          case SERVER ->
              List.of(
                  "--port=" + serverPort,
                  "--introspection-port=" + introspectionPort,
                  "--key-server-certificate="
                      + folder.resolve("key-server/key-server-certificate.pem"),
                  "--codes=console");
          case KEY_SERVER ->
              List.of(
                  "--port=" + keyServerPort,
                  "--introspection-address=https://localhost:" + introspectionPort,
                  "--server-certificate=" + folder.resolve("server/server-certificate.pem"));
        });
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
            .start();
    processes.put(service, process);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.readString(output.toPath())
        .substring((int) before)
        .matches("(?s).*tidelock (key server )?listens on port.*")) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(
            "the %s did not start: %s"
                .formatted(service.folder, Files.readString(output.toPath())));
      }
      pause();
    }
  }

  private void killProcess(Service service) {
    Process process = processes.get(service);
    if (process != null) {
      process.destroyForcibly();
      awaitEnd(process);
    }
  }

  private void killPostgres(Service service) throws IOException {
    Path pidFile = folder.resolve(service.folder).resolve("postgres/data/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle postmaster =
        ProcessHandle.of(pid).orElseThrow(() -> new IOException("no PostgreSQL runs as " + pid));
    postmaster.destroyForcibly();
    postmaster.onExit().join();
  }

  private Path output(Service service) {
    return folder.resolve(service.folder + ".out");
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process %d does not end".formatted(process.pid()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
