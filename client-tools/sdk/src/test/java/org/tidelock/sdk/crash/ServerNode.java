package org.tidelock.sdk.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidelock.protocol.account.Contact;

/** One server node on a given database, in a process of its own, at ports that stay the same. */
final class ServerNode implements AutoCloseable {

  /** What an operator copies from one node to the next. */
  private static final List<String> SHARED_FILES =
      List.of("server-secret", "server-keks", "server-certificate.pem", "server-private-key.pem");

  private final Path data;
  private final int port = Program.freePort();
  private final int operationsPort = Program.freePort();
  private Map<String, String> environment = Map.of();
  private Program program;

  private ServerNode(Path data, Postgres postgres, Map<String, String> environment)
      throws IOException {
    this.data = data;
    this.program = run(postgres, environment);
  }

  /** The first node of a service, with new secrets in its folder or those that are there. */
  static ServerNode start(Path data, Postgres postgres) throws IOException {
    return start(data, postgres, Map.of());
  }

  /** The same, in an environment with more variables. */
  static ServerNode start(Path data, Postgres postgres, Map<String, String> environment)
      throws IOException {
    return new ServerNode(data, postgres, environment);
  }

  /** Another node of the service of {@code first}, or one in its place. */
  static ServerNode like(ServerNode first, Path data, Postgres postgres) throws IOException {
    Files.createDirectories(data);
    for (String file : SHARED_FILES) {
      Files.copy(first.data.resolve(file), data.resolve(file));
    }
    return start(data, postgres);
  }

  String address() {
    return "https://localhost:" + port;
  }

  /** Starts after a kill or a stop. */
  void restart(Postgres postgres) throws IOException {
    restart(postgres, environment);
  }

  /** The same, in another environment. */
  void restart(Postgres postgres, Map<String, String> changed) throws IOException {
    program = run(postgres, changed);
  }

  boolean isAlive() {
    return program.isAlive();
  }

  void kill() {
    program.kill();
  }

  /** Whether releases are stopped, and if so why. */
  String releases() throws IOException {
    return operation("GET", "/releases");
  }

  /** What an operator does once the clocks are right. */
  String confirmClocks() throws IOException {
    return operation("POST", "/releases/confirmation");
  }

  /** The newest code that this node printed for a contact. */
  String codeFor(Contact contact) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Program.PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      Optional<String> code = newestCode(Files.readString(output()), contact);
      if (code.isPresent()) {
        return code.get();
      }
      Program.pause();
    }
    throw new IOException("no code for " + contact.value());
  }

  /** The newest code for a contact in what a service printed. */
  static Optional<String> newestCode(String output, Contact contact) {
    Matcher found =
        Pattern.compile(
                "to " + Pattern.quote(contact.value()) + ":.*?code is ([0-9]{8})", Pattern.DOTALL)
            .matcher(output);
    Optional<String> newest = Optional.empty();
    while (found.find()) {
      newest = Optional.of(found.group(1));
    }
    return newest;
  }

  @Override
  public void close() {
    program.close();
  }

  private Program run(Postgres postgres, Map<String, String> changed) throws IOException {
    environment = changed;
    return Program.start(
        "org.tidelock.server.Main",
        "tidelock listens on port",
        output(),
        environment,
        List.of(
            "--data=" + data,
            "--database-url=" + postgres.serviceUrl(),
            "--database-owner-url=" + postgres.ownerUrl(),
            "--database-connections=8",
            "--port=" + port,
            "--operations-port=" + operationsPort,
            "--introspection-port=0",
            // Nobody logs in on a second device here, so no key server runs.
            "--key-server-address=https://localhost:1",
            "--codes=console",
            "--rate-limit-factor=1000"));
  }

  private String operation(String method, String path) throws IOException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%d%s".formatted(operationsPort, path)))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Path output() {
    return data.resolveSibling(data.getFileName() + ".out");
  }
}
