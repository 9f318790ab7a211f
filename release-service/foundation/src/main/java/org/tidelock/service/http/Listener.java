package org.tidelock.service.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port that serves HTTP/2 and HTTP/1.1, each request on a virtual thread of its own. */
public final class Listener {

  private static final Duration IDLE = Duration.ofSeconds(90);
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  /** How long requests that were begun may take to end when the port is closed. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private static final AtomicInteger ANY_PORT = new AtomicInteger();

  private final Vertx vertx;
  private final List<String> deployments;
  private final int port;

  private Listener(Vertx vertx, List<String> deployments, int port) {
    this.vertx = vertx;
    this.deployments = deployments;
    this.port = port;
  }

  /** What a port with this certificate needs: TLS 1.3 and nothing older. */
  public static HttpServerOptions tls(ServerCertificate certificate, String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setKeyCertOptions(certificate.options())
        .setSslHandshakeTimeout(HANDSHAKE.toSeconds())
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout((int) IDLE.toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        // Clients answer pings on a WebSocket and send nothing else; and what is compressed beside
        // what others wrote tells its length.
        .setMaxWebSocketFrameSize(MAX_HEADER_BYTES)
        .setMaxWebSocketMessageSize(MAX_HEADER_BYTES)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHandle100ContinueAutomatically(false);
  }

  /** Lets in only who presents the certificate in the file, which may come to be there later. */
  public static HttpServerOptions requireClient(HttpServerOptions options, Path certificate) {
    return options
        .setClientAuth(ClientAuth.REQUIRED)
        .setTrustOptions(new PinnedCertificate(certificate).options());
  }

  /**
   * Opens the port. Called from a thread that may block.
   *
   * @param mount puts the routes on a router; called once for each event loop
   * @throws IOException if the port cannot be had
   */
  public static Listener open(
      Vertx vertx, HttpServerOptions options, int eventLoops, Consumer<Router> mount)
      throws IOException {
    List<String> deployments = new ArrayList<>();
    // Servers of one Vert.x share what they ask for; a negative number asks for any free port, and
    // each listener has a number of its own.
    int asked = options.getPort() == 0 ? ANY_PORT.decrementAndGet() : options.getPort();
    HttpServerOptions shared = new HttpServerOptions(options).setPort(asked);
    AtomicInteger port = new AtomicInteger();
    for (int i = 0; i < eventLoops; i++) {
      // One deployment for each: all instances of one deployment would share one event loop.
      try {
        deployments.add(
            vertx
                .deployVerticle(
                    new Server(shared, mount, port),
                    new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                .toCompletionStage()
                .toCompletableFuture()
                .join());
      } catch (CompletionException e) {
        throw notHad(options, e);
      }
    }
    return new Listener(vertx, deployments, port.get());
  }

  private static IOException notHad(HttpServerOptions options, CompletionException failure) {
    if (failure.getCause() instanceof BindException refused) {
      return new IOException(
          "port %d of %s cannot be had: %s; stop what uses it, or choose another"
              .formatted(options.getPort(), options.getHost(), refused.getMessage()),
          failure);
    }
    throw failure;
  }

  /** Runs work that waits for futures, and repeats of it, on virtual threads. */
  public static void onVirtualThread(Vertx vertx, Runnable work) {
    vertx
        .deployVerticle(
            new AbstractVerticle() {
              @Override
              public void start() {
                work.run();
              }
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** The port that is served. */
  public int port() {
    return port;
  }

  /** Takes no more requests, and returns when those begun are answered. */
  public void close() {
    for (String deployment : deployments) {
      vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }
  }

  private static final class Server extends AbstractVerticle {
    private final HttpServerOptions options;
    private final Consumer<Router> mount;
    private final AtomicInteger port;
    private @Nullable HttpServer server;

    Server(HttpServerOptions options, Consumer<Router> mount, AtomicInteger port) {
      this.options = options;
      this.mount = mount;
      this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
      Router router = Router.router(vertx);
      mount.accept(router);
      vertx
          .createHttpServer(options)
          .requestHandler(router)
          .listen()
          .onSuccess(listening -> port.set(listening.actualPort()))
          .onSuccess(listening -> server = listening)
          .<Void>mapEmpty()
          .onComplete(started);
    }

    @Override
    public void stop(Promise<Void> stopped) {
      HttpServer listening = server;
      if (listening == null) {
        stopped.complete();
      } else {
        listening.shutdown(GRACE.toSeconds(), TimeUnit.SECONDS).onComplete(stopped);
      }
    }
  }
}
