package org.tidelock.cli.service;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelock.keyserver.app.KeyServer;
import org.tidelock.keyserver.app.KeyServerStart;
import org.tidelock.server.app.Server;
import org.tidelock.server.app.ServerStart;
import org.tidelock.service.db.EmbeddedPostgres;
import org.tidelock.service.settings.Setting;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/**
 * Server and key server side by side, each with a folder, a port, a certificate, a database and a
 * role of its own, and each given the other's certificate.
 */
record WholeService(Settings settings) implements Serving.Service {

  private static final String SERVER = "server";
  private static final String KEY_SERVER = "key-server";
  private static final String KEY_SERVER_ADDRESS = "key-server-address";
  private static final String KEY_SERVER_CERTIFICATE = "key-server-certificate";

  private static final Setting KEY_SERVER_PORT =
      Setting.open("key-server-port", "8444", "the port of the key server; 0 for any");
  private static final Setting KEY_SERVER_OPERATIONS_PORT =
      Setting.open(
          "key-server-operations-port",
          "9091",
          "health and metrics of the key server, on the loopback address; 0 for any");
  private static final Setting KEY_SERVER_DATABASE_URL =
      Setting.secret(
          "key-server-database-url",
          "the key server's PostgreSQL, another than the server's or another database and role");

  private static final Setting KEY_SERVER_ELSEWHERE =
      Setting.open(
          KEY_SERVER_CERTIFICATE,
          "",
          "the PEM file of the certificate of a key server that runs elsewhere; without it one runs"
              + " here");

  /** What differs between the two, or is found out. */
  private static final Set<String> NOT_SHARED =
      Set.of(
          "data",
          "port",
          "operations-port",
          "database-url",
          "certificate",
          "private-key",
          KEY_SERVER_ADDRESS,
          KEY_SERVER_CERTIFICATE,
          "introspection-address",
          "server-certificate");

  static final List<Setting> SETTINGS = settingsOfBoth();

  @Override
  public Serving.Running start() throws IOException, InvalidSettingException {
    requireBothDatabasesOrNone();
    // The server tells clients where the key server is, so its port is settled first.
    int asked = settings.number(KEY_SERVER_PORT, 0, 65_535);
    int keyServerPort = asked == 0 ? freePort() : asked;
    String keyServerAddress = keyServerAddress(keyServerPort);
    Server server =
        Server.start(
            ServerStart.settings(Map.of(), serverFlags(keyServerAddress)), InstantSource.system());
    try {
      Optional<KeyServer> keyServer =
          keyServerIsElsewhere()
              ? Optional.empty()
              : Optional.of(startKeyServer(server, keyServerAddress, keyServerPort));
      return new Running(
          server, keyServer, "https://%s:%d".formatted(publicName(), server.port()), data());
    } catch (IOException | InvalidSettingException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private record Running(Server server, Optional<KeyServer> keyServer, String address, String data)
      implements Serving.Running {

    @Override
    public Announcement announcement() throws IOException {
      Announcement announcement =
          new Announcement("the service is ready")
              .with("address", "address", address)
              .with("serverId", "server id", server.info().server().toString())
              .with(
                  "certificateSha256",
                  "certificate",
                  server.node().certificate().fingerprint().toHex())
              .with("operationsAddress", "operations", operations(server.operationsPort()))
              .with("data", "data", data)
              .with("keyServerAddress", "key server", server.info().keyServer());
      keyServer.ifPresent(
          here ->
              announcement.with(
                  "keyServerOperationsAddress", "  operations", operations(here.operationsPort())));
      return announcement;
    }

    private static String operations(int port) {
      return "http://127.0.0.1:" + port;
    }

    /** The one that asks stops before the one that it asks. */
    @Override
    public void close() {
      try {
        keyServer.ifPresent(KeyServer::close);
      } finally {
        server.close();
      }
    }
  }

  private KeyServer startKeyServer(Server server, String address, int port)
      throws IOException, InvalidSettingException {
    List<String> flags = keyServerFlags(address, port, server.introspectionPort().orElseThrow());
    return KeyServer.start(KeyServerStart.settings(Map.of(), flags), InstantSource.system());
  }

  private boolean keyServerIsElsewhere() throws InvalidSettingException {
    boolean elsewhere = !text(KEY_SERVER_CERTIFICATE).isEmpty();
    if (elsewhere && text(KEY_SERVER_ADDRESS).isEmpty()) {
      throw new InvalidSettingException(
          "key-server-certificate is given and key-server-address is not; clients have to find it");
    }
    return elsewhere;
  }

  /** The server's settings for work on its database, whether or not the service runs. */
  Settings serverAtRest() throws IOException, InvalidSettingException {
    List<String> flags = serverFlags("https://localhost");
    running(SERVER, "tidelock_server").ifPresent(url -> flags.add(flag("database-url", url)));
    return ServerStart.settings(Map.of(), flags);
  }

  /** The key server's settings for work on its database, whether or not the service runs. */
  Settings keyServerAtRest() throws IOException, InvalidSettingException {
    List<String> flags = keyServerFlags("https://localhost", 0, 1);
    running(KEY_SERVER, "tidelock_key_server")
        .ifPresent(url -> flags.add(flag("database-url", url)));
    return KeyServerStart.settings(Map.of(), flags);
  }

  private Optional<String> running(String service, String database) throws IOException {
    return text("database-url").isEmpty()
        ? EmbeddedPostgres.revealRunning(Path.of(folder(service), "postgres"), database)
        : Optional.empty();
  }

  private void requireBothDatabasesOrNone() throws InvalidSettingException {
    String server = text("database-url");
    String keyServer = settings.text(KEY_SERVER_DATABASE_URL);
    if (!keyServerIsElsewhere() && server.isEmpty() != keyServer.isEmpty()) {
      throw new InvalidSettingException(
          "only one of database-url and key-server-database-url is given; give both or none");
    }
    if (!server.isEmpty() && server.equals(keyServer)) {
      throw new InvalidSettingException(
          "database-url and key-server-database-url are the same; each needs a database and a role"
              + " of its own");
    }
  }

  private String keyServerAddress(int port) {
    String given = text(KEY_SERVER_ADDRESS);
    return given.isEmpty() ? "https://%s:%d".formatted(publicName(), port) : given;
  }

  private List<String> serverFlags(String keyServerAddress) {
    List<String> flags = shared(ServerStart.known());
    flags.add(flag("data", folder(SERVER)));
    flags.add(flag("port", text("port")));
    flags.add(flag("operations-port", text("operations-port")));
    flags.add(flag("database-url", text("database-url")));
    flags.add(flag("certificate", text("certificate")));
    flags.add(flag("private-key", text("private-key")));
    flags.add(flag(KEY_SERVER_ADDRESS, keyServerAddress));
    flags.add(flag(KEY_SERVER_CERTIFICATE, keyServerCertificate()));
    return flags;
  }

  private List<String> keyServerFlags(String keyServerAddress, int port, int introspectionPort) {
    List<String> flags = shared(KeyServerStart.known());
    flags.add(flag("data", folder(KEY_SERVER)));
    flags.add(flag("port", Integer.toString(port)));
    flags.add(flag("operations-port", settings.text(KEY_SERVER_OPERATIONS_PORT)));
    flags.add(flag("database-url", settings.text(KEY_SERVER_DATABASE_URL)));
    flags.add(flag(KEY_SERVER_ADDRESS, keyServerAddress));
    flags.add(flag("introspection-address", introspectionAddress(introspectionPort)));
    flags.add(flag("server-certificate", serverCertificate()));
    return flags;
  }

  private List<String> shared(List<Setting> known) {
    List<String> flags = new ArrayList<>();
    for (Setting setting : known) {
      if (!NOT_SHARED.contains(setting.name())) {
        flags.add(flag(setting.name(), text(setting.name())));
      }
    }
    return flags;
  }

  /** Where the server listens on this machine. */
  private String introspectionAddress(int port) {
    String host = text("host");
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    return "https://%s:%d".formatted(everywhere ? "localhost" : host, port);
  }

  private String keyServerCertificate() {
    String given = text(KEY_SERVER_CERTIFICATE);
    return given.isEmpty() ? folder(KEY_SERVER) + "/key-server-certificate.pem" : given;
  }

  private String serverCertificate() {
    String given = text("certificate");
    return given.isEmpty() ? folder(SERVER) + "/server-certificate.pem" : given;
  }

  private String publicName() {
    return text("public-names").replaceFirst(",.*", "");
  }

  private String folder(String name) {
    return Path.of(data()).resolve(name).toString();
  }

  private String data() {
    return Path.of(text("data")).toAbsolutePath().toString();
  }

  private String text(String name) {
    return settings.all().stream()
        .filter(value -> value.setting().name().equals(name))
        .map(Settings.Value::text)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " is not among these settings"));
  }

  private static String flag(String name, String value) {
    return "--" + name + "=" + value;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static List<Setting> settingsOfBoth() {
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (Setting setting : ServerStart.known()) {
      settings.put(setting.name(), setting);
    }
    for (Setting setting : KeyServerStart.known()) {
      if (!NOT_SHARED.contains(setting.name())) {
        settings.putIfAbsent(setting.name(), setting);
      }
    }
    settings.put(KEY_SERVER_CERTIFICATE, KEY_SERVER_ELSEWHERE);
    settings.computeIfPresent(KEY_SERVER_ADDRESS, (name, setting) -> setting.withFallback(""));
    settings.put(KEY_SERVER_PORT.name(), KEY_SERVER_PORT);
    settings.put(KEY_SERVER_OPERATIONS_PORT.name(), KEY_SERVER_OPERATIONS_PORT);
    settings.put(KEY_SERVER_DATABASE_URL.name(), KEY_SERVER_DATABASE_URL);
    return List.copyOf(settings.values());
  }
}
