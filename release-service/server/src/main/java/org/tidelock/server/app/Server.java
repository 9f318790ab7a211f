package org.tidelock.server.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.protocol.wire.ServerInfo;
import org.tidelock.server.accounts.AccountSecrets;
import org.tidelock.server.accounts.Accounts;
import org.tidelock.server.directory.LookUp;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.DatabaseAddress;
import org.tidelock.service.db.EmbeddedPostgres;
import org.tidelock.service.db.Migrations;
import org.tidelock.service.db.Sweeper;
import org.tidelock.service.http.Api;
import org.tidelock.service.http.Gates;
import org.tidelock.service.http.KeptSecret;
import org.tidelock.service.http.Listener;
import org.tidelock.service.http.Operations;
import org.tidelock.service.http.Route;
import org.tidelock.service.http.ServerCertificate;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;
import org.tidelock.service.work.CpuWork;

/** A running server node. Closed in the opposite order of what was opened. */
public final class Server implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Server.class);

  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);
  private static final int WAITING_CPU_WORK = 2_000;

  private final Deque<Closing> closings = new ArrayDeque<>();
  private final List<Integer> ports = new ArrayList<>();

  private interface Closing {
    void close() throws IOException;
  }

  private Server() {}

  /**
   * Starts a node.
   *
   * @throws InvalidSettingException if a setting cannot be
   * @throws IOException if the database or a port cannot be had
   */
  public static Server start(Settings settings, InstantSource clock)
      throws IOException, InvalidSettingException {
    Server server = new Server();
    try {
      server.open(settings, clock);
      return server;
    } catch (IOException | InvalidSettingException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The port of the service. */
  public int port() {
    return ports.get(0);
  }

  /** The port of health and metrics. */
  public int operationsPort() {
    return ports.get(1);
  }

  /** The port for the key server; empty if none is known. */
  public Optional<Integer> introspectionPort() {
    return ports.size() > 2 ? Optional.of(ports.get(2)) : Optional.empty();
  }

  private void open(Settings settings, InstantSource clock)
      throws IOException, InvalidSettingException {
    Path data = dataFolder(settings);
    DatabaseAddress address = databaseAddress(settings, data);
    Migrations.apply(address, "db/foundation", "db/server");

    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Vertx vertx = vertx(metrics);
    Database database =
        Database.open(
            vertx, address, settings.number(ServerSettings.DATABASE_CONNECTIONS, 1, 1000));
    CpuWork cpu = new CpuWork(WAITING_CPU_WORK);
    closings.push(cpu::close);

    KeptSecret secret = KeptSecret.in(data.resolve("server-secret"));
    ServerIdentity identity = secret.identity();
    Gates gates =
        new Gates(
            database,
            cpu,
            identity,
            clock,
            settings.number(ServerSettings.RATE_LIMIT_FACTOR, 1, 1_000_000));
    Accounts accounts =
        Accounts.of(
            database,
            cpu,
            identity,
            new AccountSecrets(
                secret.derive("handle-pepper"),
                secret.derive("code-key"),
                secret.derive("invention-key")),
            CodeSenders.chosen(vertx, settings),
            gates.limits(),
            clock);
    LookUp lookUp = new LookUp(accounts.publicKeys(), gates.limits());
    ServerInfo info =
        new ServerInfo(
            identity.id(),
            identity.key().publicKey(),
            settings.text(ServerSettings.KEY_SERVER_ADDRESS));

    Api api = new Api(gates, accounts.authenticator());
    ServerCertificate certificate = certificate(settings, data, clock);
    Operations operations = new Operations(database, metrics);
    listen(settings, vertx, api, Routes.open(accounts, lookUp, info), certificate);
    listenForOperations(settings, vertx, operations);
    listenForKeyServer(settings, vertx, api, Routes.forKeyServer(accounts), certificate);
    sweepEveryMinute(vertx, new Sweeper(database, Accounts.EXPIRING_TABLES), clock);
    closings.push(operations::leave);
    log.info("server {} listens on port {}", identity, port());
  }

  private static Path dataFolder(Settings settings) throws IOException {
    return Files.createDirectories(
        settings.path(ServerSettings.DATA),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private DatabaseAddress databaseAddress(Settings settings, Path data)
      throws IOException, InvalidSettingException {
    Optional<String> url = settings.optional(ServerSettings.DATABASE_URL);
    if (url.isPresent()) {
      try {
        return DatabaseAddress.parse(url.get());
      } catch (IllegalArgumentException e) {
        throw new InvalidSettingException(String.valueOf(e.getMessage()));
      }
    }
    EmbeddedPostgres postgres = EmbeddedPostgres.start(data.resolve("postgres"));
    closings.push(postgres::close);
    return postgres.database("tidelock");
  }

  private Vertx vertx(PrometheusMeterRegistry metrics) {
    Vertx vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
            .withMetrics(new MicrometerMetricsFactory(metrics))
            .build();
    closings.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    return vertx;
  }

  private static ServerCertificate certificate(Settings settings, Path data, InstantSource clock)
      throws IOException {
    Optional<String> given = settings.optional(ServerSettings.CERTIFICATE);
    return given.isPresent()
        ? new ServerCertificate(Path.of(given.get()), settings.path(ServerSettings.PRIVATE_KEY))
        : ServerCertificate.keptIn(
            data, "server", List.of(settings.text(ServerSettings.PUBLIC_NAMES).split(",")), clock);
  }

  private void listen(
      Settings settings, Vertx vertx, Api api, List<Route<?>> routes, ServerCertificate certificate)
      throws InvalidSettingException {
    HttpServerOptions options =
        Listener.tls(
            certificate,
            settings.text(ServerSettings.HOST),
            settings.number(ServerSettings.PORT, 0, 65_535));
    open(
        Listener.open(
            vertx,
            options,
            Runtime.getRuntime().availableProcessors(),
            router -> api.mount(router, routes)));
  }

  private void listenForOperations(Settings settings, Vertx vertx, Operations operations)
      throws InvalidSettingException {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(settings.number(ServerSettings.OPERATIONS_PORT, 0, 65_535));
    open(Listener.open(vertx, options, 1, operations::mount));
  }

  private void listenForKeyServer(
      Settings settings, Vertx vertx, Api api, List<Route<?>> routes, ServerCertificate certificate)
      throws InvalidSettingException {
    Optional<String> client = settings.optional(ServerSettings.KEY_SERVER_CERTIFICATE);
    if (client.isEmpty()) {
      return;
    }
    HttpServerOptions options =
        Listener.requireClient(
            Listener.tls(
                certificate,
                settings.text(ServerSettings.HOST),
                settings.number(ServerSettings.INTROSPECTION_PORT, 0, 65_535)),
            Path.of(client.get()));
    open(Listener.open(vertx, options, 1, router -> api.mount(router, routes)));
  }

  private void open(Listener listener) {
    closings.push(listener::close);
    ports.add(listener.port());
  }

  private static void sweepEveryMinute(Vertx vertx, Sweeper sweeper, InstantSource clock) {
    Listener.onVirtualThread(
        vertx,
        () ->
            vertx.setPeriodic(SWEEP_INTERVAL.toMillis(), timer -> sweeper.sweep(clock.instant())));
  }

  /** Answers what was begun, then stops. */
  @Override
  public void close() {
    while (!closings.isEmpty()) {
      try {
        closings.pop().close();
      } catch (IOException | RuntimeException e) {
        log.warn("a part of the server did not close", e);
      }
    }
  }
}
