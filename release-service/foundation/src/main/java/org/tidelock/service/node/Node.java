package org.tidelock.service.node;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.DatabaseAddress;
import org.tidelock.service.db.EmbeddedPostgres;
import org.tidelock.service.db.Migrations;
import org.tidelock.service.db.Sweeper;
import org.tidelock.service.db.Wakeups;
import org.tidelock.service.http.Gates;
import org.tidelock.service.http.Listener;
import org.tidelock.service.http.Operations;
import org.tidelock.service.http.ServerCertificate;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;
import org.tidelock.service.work.CpuWork;

/**
 * One running process of a service: its folder, database, event loops, threads for arithmetic and
 * ports. Closed in the opposite order of what was opened, each part after what stands on it.
 */
public final class Node implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Node.class);

  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);
  private static final int WAITING_CPU_WORK = 2_000;

  private final Settings settings;
  private final NodeSettings names;
  private final InstantSource clock;
  private final Deque<Closing> closings = new ArrayDeque<>();
  private final Path data;
  private final Vertx vertx;
  private final Database database;
  private final Wakeups wakeups;
  private final CpuWork cpu;
  private final ServerCertificate certificate;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private interface Closing {
    void close() throws IOException;
  }

  /**
   * Opens a node.
   *
   * @param name of the service: its database in an embedded PostgreSQL, and its certificate
   * @param migrations folders of the schema's history
   * @throws InvalidSettingException if a setting cannot be
   * @throws IOException if the folder or the database cannot be had
   */
  public Node(
      Settings settings, NodeSettings names, String name, InstantSource clock, String... migrations)
      throws IOException, InvalidSettingException {
    this.settings = settings;
    this.names = names;
    this.clock = clock;
    try {
      int connections = settings.number(names.databaseConnections(), 2, 1000);
      this.data =
          Files.createDirectories(
              settings.path(names.data()),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Addresses addresses = addresses(name);
      Migrations.apply(addresses.owner, migrations);
      Migrations.admit(addresses.owner, addresses.service);
      this.vertx =
          Vertx.builder()
              .with(
                  new VertxOptions()
                      // No folder below java.io.tmpdir, which a killed process would leave behind:
                      // nothing here is served from files.
                      .setFileSystemOptions(
                          new FileSystemOptions()
                              .setFileCachingEnabled(false)
                              .setClassPathResolvingEnabled(false))
                      .setMetricsOptions(
                          new MicrometerMetricsOptions()
                              .setEnabled(true)
                              // Registries are found by name: one process may run several nodes.
                              .setRegistryName(name + "-" + UUID.randomUUID())))
              .withMetrics(new MicrometerMetricsFactory(metrics))
              .build();
      closings.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
      this.database = Database.open(vertx, addresses.service, connections);
      this.wakeups = new Wakeups(vertx, addresses.service);
      closings.push(wakeups::close);
      this.cpu = new CpuWork(WAITING_CPU_WORK);
      closings.push(cpu::close);
      FunctionCounter.builder("tidelock.cpu.work", cpu, CpuWork::begun).register(metrics);
      this.certificate = certificate(name);
    } catch (IOException | InvalidSettingException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Closes this when the node closes, before what was opened earlier. */
  public <T extends AutoCloseable> T closing(T part) {
    closings.push(
        () -> {
          try {
            part.close();
          } catch (IOException | RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    return part;
  }

  /** The folder of the service's files. */
  public Path data() {
    return data;
  }

  /** The event loops. */
  public Vertx vertx() {
    return vertx;
  }

  /** The database. */
  public Database database() {
    return database;
  }

  /** What other nodes on the same database tell. */
  public Wakeups wakeups() {
    return wakeups;
  }

  /** The threads for arithmetic. */
  public CpuWork cpu() {
    return cpu;
  }

  /** The certificate of the service's ports. */
  public ServerCertificate certificate() {
    return certificate;
  }

  /** What every request to this service passes. */
  public Gates gates(ServerIdentity identity) throws InvalidSettingException {
    return new Gates(
        database, cpu, identity, clock, settings.number(names.rateLimitFactor(), 1, 1_000_000));
  }

  /** Opens the port of the service, with TLS, on every processor. */
  public int listen(Consumer<Router> mount) throws IOException, InvalidSettingException {
    HttpServerOptions options =
        Listener.tls(
            certificate, settings.text(names.host()), settings.number(names.port(), 0, 65_535));
    return open(Listener.open(vertx, options, Runtime.getRuntime().availableProcessors(), mount));
  }

  /** Opens another port with TLS, which lets in only who has the certificate in the file. */
  public int listenFor(Path client, int port, Consumer<Router> mount) throws IOException {
    HttpServerOptions options =
        Listener.requireClient(
            Listener.tls(certificate, settings.text(names.host()), port), client);
    return open(Listener.open(vertx, options, 1, mount));
  }

  /** The measurements that are shown. */
  public MeterRegistry metrics() {
    return metrics;
  }

  /** Opens the port of health and metrics. The node is not ready any more once it closes. */
  public int listenForOperations() throws IOException, InvalidSettingException {
    return listenForOperations(router -> {});
  }

  /**
   * Opens the port of health, metrics, and what else an operator may ask.
   *
   * @param mount puts the service's own answers on the router
   */
  public int listenForOperations(Consumer<Router> mount)
      throws IOException, InvalidSettingException {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(settings.number(names.operationsPort(), 0, 65_535));
    Operations operations = new Operations(database, metrics);
    int port =
        open(
            Listener.open(
                vertx,
                options,
                1,
                router -> {
                  operations.mount(router);
                  mount.accept(router);
                }));
    closings.push(operations::leave);
    return port;
  }

  /** Does this first when the node closes, before what was opened earlier. */
  public void onClose(Runnable step) {
    closings.push(step::run);
  }

  /** Removes expired rows from these tables every minute. */
  public void sweep(List<String> tables) {
    Sweeper sweeper = new Sweeper(database, tables);
    every(SWEEP_INTERVAL, () -> sweeper.sweep(clock.instant()));
  }

  /** Does work that waits for the database, on a virtual thread, and returns when it is done. */
  public void run(Runnable work) {
    Listener.onVirtualThread(vertx, work);
  }

  /**
   * Does work that waits for the database, on a virtual thread, and returns what it comes to.
   *
   * @throws CompletionException with what the work threw as its cause
   */
  public <T> T call(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    run(
        () -> {
          try {
            result.complete(work.call());
          } catch (Exception e) { // Handed on, whatever it is.
            result.completeExceptionally(e);
          }
        });
    return result.join();
  }

  /**
   * Repeats work that waits for the database, on virtual threads, until the node closes; what was
   * begun then is awaited before the database closes.
   */
  public void every(Duration interval, Runnable work) {
    closings.push(Repeated.every(vertx, interval, work)::close);
  }

  /** Answers what was begun, then stops. */
  @Override
  public void close() {
    while (!closings.isEmpty()) {
      try {
        closings.pop().close();
      } catch (IOException | RuntimeException e) {
        log.warn("a part of the node did not close", e);
      }
    }
  }

  private int open(Listener listener) {
    closings.push(listener::close);
    return listener.port();
  }

  /** One database, as the role that owns its tables and as the role that the service works as. */
  private record Addresses(DatabaseAddress owner, DatabaseAddress service) {}

  private Addresses addresses(String name) throws IOException, InvalidSettingException {
    Optional<String> url = settings.optional(names.databaseUrl());
    if (url.isPresent()) {
      String owner = settings.optional(names.databaseOwnerUrl()).orElse(url.get());
      return new Addresses(address(owner), address(url.get()));
    }
    EmbeddedPostgres postgres = EmbeddedPostgres.start(data.resolve("postgres"));
    closings.push(postgres::close);
    String database = "tidelock_" + name.replace('-', '_');
    return new Addresses(postgres.database(database), postgres.serviceOf(database));
  }

  private static DatabaseAddress address(String url) throws InvalidSettingException {
    try {
      return DatabaseAddress.parse(url);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(String.valueOf(e.getMessage()));
    }
  }

  private ServerCertificate certificate(String name) throws IOException {
    Optional<String> given = settings.optional(names.certificate());
    return given.isPresent()
        ? new ServerCertificate(Path.of(given.get()), settings.path(names.privateKey()))
        : ServerCertificate.keptIn(
            data, name, List.of(settings.text(names.publicNames()).split(",")), clock);
  }
}
