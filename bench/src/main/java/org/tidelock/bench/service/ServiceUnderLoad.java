package org.tidelock.bench.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.service.db.DatabaseAddress;
import org.tidelock.service.db.EmbeddedPostgres;

/**
 * A server as an operator starts it, in a process of its own, on an embedded PostgreSQL that syncs
 * every commit. Its rate limits and quotas are raised out of the way; they are counted all the
 * same.
 */
public final class ServiceUnderLoad implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("tidelock listens on port ([0-9]+)");
  private static final Pattern CODE = Pattern.compile("\\b([0-9]{8})\\b");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TemporaryFolder folder;
  private final EmbeddedPostgres postgres;
  private final DatabaseAddress database;
  private final Process server;
  private final BlockingQueue<String> codes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> ports = new LinkedBlockingQueue<>();
  private final List<String> lastLines = new ArrayList<>();
  private final int port;

  private ServiceUnderLoad(TemporaryFolder folder, EmbeddedPostgres postgres) throws IOException {
    this.folder = folder;
    this.postgres = postgres;
    this.database = postgres.database("tidelock_server");
    this.server = startServer();
    Thread.ofPlatform().daemon().name("server-output").start(this::readOutput);
    Integer opened = await(ports);
    if (opened == null) {
      server.destroyForcibly();
      throw new IOException("the server did not start: " + String.join("\n", lastLines));
    }
    this.port = opened;
  }

  /** Starts on new data in {@code work}, which is removed in the end. */
  public static ServiceUnderLoad start(Path work) throws IOException {
    TemporaryFolder folder = TemporaryFolder.in(work, "service-");
    EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.path().resolve("postgres"));
    try {
      return new ServiceUnderLoad(folder, postgres);
    } catch (IOException | RuntimeException e) {
      postgres.close();
      folder.close();
      throw e;
    }
  }

  /** A new connection to the server. */
  public ServerConnection connect() throws IOException {
    return ServerConnection.meet("https://localhost:" + port, InstantSource.system());
  }

  /** Where the server's database is. */
  public DatabaseAddress database() {
    return database;
  }

  /** The server's folder: its secret is there, and its certificate. */
  public Path data() {
    return folder.path().resolve("server");
  }

  /** What the server's process has in memory now. */
  public ServerMemory memory() throws IOException {
    return ServerMemory.of(server.pid());
  }

  /** Has the database write out what it holds back: else it does so while something is measured. */
  public void checkpoint() throws IOException {
    try (Connection connection = postgres.administrator().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    } catch (SQLException e) {
      throw new IOException("the database made no checkpoint", e);
    }
  }

  /** A folder for what a measurement has to keep. */
  public Path folder() {
    return folder.path();
  }

  /** The next code that the server sends. */
  public String nextCode() throws IOException {
    String code = await(codes);
    if (code == null) {
      throw new IOException("the server sent no code: " + String.join("\n", lastLines));
    }
    return code;
  }

  @Override
  public void close() throws IOException {
    server.destroy();
    try {
      if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    postgres.close();
    folder.close();
  }

  private Process startServer() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "org.tidelock.server.Main",
            "--data=" + data(),
            "--database-url=" + database.revealUri(),
            "--port=0",
            "--operations-port=0",
            "--introspection-port=0",
            "--key-server-address=https://localhost:1",
            "--codes=console",
            "--rate-limit-factor=1000000",
            "--quota-messages=1000000000",
            "--quota-mib=1000000000")
        .redirectErrorStream(true)
        .start();
  }

  private void readOutput() {
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      // The server was ended, and its output with it.
    }
  }

  private void take(String line) {
    Matcher listening = PORT.matcher(line);
    if (listening.find()) {
      ports.add(Integer.parseInt(listening.group(1)));
    }
    Matcher code = CODE.matcher(line);
    if (line.contains("code is") && code.find()) {
      codes.add(code.group(1));
    }
    synchronized (lastLines) {
      lastLines.add(line);
      if (lastLines.size() > 20) {
        lastLines.removeFirst();
      }
    }
  }

  private static <T> @Nullable T await(BlockingQueue<T> queue) {
    try {
      return queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
