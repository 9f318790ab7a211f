package org.tidelock.sdk.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tidelock.protocol.account.Contact;

/**
 * Server and key server as an operator runs them: two processes, each with a PostgreSQL of its own,
 * at ports that stay the same from one start to the next. What they print goes to files.
 */
final class ServiceProcesses implements AutoCloseable {

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
  private final int serverPort = Program.freePort();
  private final int keyServerPort = Program.freePort();
  private final int introspectionPort = Program.freePort();
  private final Map<Service, Program> processes = new EnumMap<>(Service.class);

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
  String codeFor(Contact contact) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Program.PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      Optional<String> code =
          ServerNode.newestCode(Files.readString(output(Service.SERVER)), contact);
      if (code.isPresent()) {
        return code.get();
      }
      Program.pause();
    }
    throw new IOException("no code for " + contact.value());
  }

  @Override
  public void close() {
    processes.values().forEach(Program::close);
  }

  private void startWhatIsDown() throws IOException {
    for (Service service : Service.values()) {
      Program process = processes.get(service);
      if (process == null || !process.isAlive()) {
        start(service);
      }
    }
  }

  private void start(Service service) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve(service.folder),
                "--operations-port=0",
                "--rate-limit-factor=1000",
                "--key-server-address=https://localhost:" + keyServerPort));
    arguments.addAll(
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
    processes.put(
        service,
        Program.start(
            service.mainClass,
            "tidelock (key server )?listens on port",
            output(service),
            Map.of(),
            arguments));
  }

  private void killProcess(Service service) {
    Program process = processes.get(service);
    if (process != null) {
      process.kill();
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
}
