package org.tidelock.keyserver.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidelock.keyserver.app.KeyServer;
import org.tidelock.keyserver.app.KeyServerStart;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;
import org.tidelock.service.db.TestDatabase;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/**
 * A key server beside the server it asks, each as an operator starts it, with a folder, a database,
 * a role and a certificate of its own.
 */
public final class RunningKeyServer implements AutoCloseable {

  private final RunningServer server;
  private final Path data;
  private final List<String> flags;
  private final String databaseUrl = TestDatabase.freshUrlOfOwnRole();
  private KeyServer keyServer;

  private RunningKeyServer(String rateLimitFactor) throws IOException, InvalidSettingException {
    data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "key-server-");
    int port = freePort();
    // The server starts first: the key server's certificate is not there yet.
    server =
        RunningServer.with(
            "--key-server-certificate=" + data.resolve("key-server-certificate.pem"),
            "--key-server-address=https://localhost:" + port);
    flags =
        List.of(
            "--data=" + data,
            "--database-url=" + databaseUrl,
            "--port=" + port,
            "--operations-port=0",
            "--introspection-address=https://localhost:"
                + server.server().introspectionPort().orElseThrow(),
            "--server-certificate=" + server.data().resolve("server-certificate.pem"),
            "--key-server-address=https://localhost:" + port,
            "--rate-limit-factor=" + rateLimitFactor);
    keyServer = start(List.of());
  }

  /** Both, with rate limits out of the way. */
  public static RunningKeyServer start() throws IOException, InvalidSettingException {
    return new RunningKeyServer("1000000");
  }

  /** Both, the key server with the rate limits of an ordinary one. */
  public static RunningKeyServer withRateLimits() throws IOException, InvalidSettingException {
    return new RunningKeyServer("1");
  }

  /** The server. */
  public RunningServer server() {
    return server;
  }

  /** The key server. */
  public KeyServer keyServer() {
    return keyServer;
  }

  public Path data() {
    return data;
  }

  public String databaseUrl() {
    return databaseUrl;
  }

  /** The settings it runs with. */
  public List<String> flags() {
    return flags;
  }

  public Wire wire() {
    return wireTo(keyServer);
  }

  public Wire wireTo(KeyServer node) {
    return new Wire(
        "https://localhost:" + node.port(),
        data.resolve("key-server-certificate.pem"),
        server.clock(),
        KeyServerContract.CONTRACT);
  }

  /** Another node with these settings above the same ones. */
  public KeyServer start(List<String> more) throws IOException, InvalidSettingException {
    List<String> all = new ArrayList<>(flags);
    all.addAll(more);
    return KeyServer.start(KeyServerStart.settings(Map.of(), all), server.clock());
  }

  /** Stops the key server. */
  public void stop() {
    keyServer.close();
  }

  /** Starts it again where it was. */
  public void startAgain() throws IOException, InvalidSettingException {
    keyServer = start(List.of());
  }

  @Override
  public void close() {
    keyServer.close();
    server.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
