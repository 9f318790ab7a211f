package org.tidelock.keyserver.app;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.keyserver.records.WrappedRecords;
import org.tidelock.keyserver.tokens.CheckToken;
import org.tidelock.keyserver.tokens.Introspection;
import org.tidelock.protocol.wire.ServerInfo;
import org.tidelock.service.http.Api;
import org.tidelock.service.http.ContractPage;
import org.tidelock.service.http.Gates;
import org.tidelock.service.http.KeptSecret;
import org.tidelock.service.http.Route;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.kek.KekFile;
import org.tidelock.service.kek.KekStore;
import org.tidelock.service.node.Node;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/**
 * A running key server node.
 *
 * @param info what it tells clients of itself
 * @param routes what the port serves, as {@code GET /v1/records}
 */
public record KeyServer(
    Node node, ServerInfo info, List<String> routes, int port, int operationsPort)
    implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KeyServer.class);

  private static final String CONTRACT = "openapi-key-server.yaml";

  /** 512 records of the first suite fit. */
  private static final int MAX_BODY_BYTES = 256 * 1024;

  /**
   * Starts a node.
   *
   * @throws InvalidSettingException if a setting cannot be
   * @throws IOException if the database or a port cannot be had
   */
  public static KeyServer start(Settings settings, InstantSource clock)
      throws IOException, InvalidSettingException {
    Node node = KeyServerStart.open(settings, clock);
    try {
      return open(node, settings, clock);
    } catch (IOException | InvalidSettingException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private static KeyServer open(Node node, Settings settings, InstantSource clock)
      throws IOException, InvalidSettingException {
    ServerIdentity identity = KeptSecret.in(node.data().resolve("key-server-secret")).identity();
    KekFile keks = KeyServerStart.kekFile(settings, node);
    node.run(() -> new KekStore(keks).prepare(node.database(), clock));
    Gates gates = node.gates(identity);
    WrappedRecords records = WrappedRecords.of(node.database(), node.cpu(), clock, keks);
    ServerInfo info =
        new ServerInfo(
            identity.id(),
            identity.key().publicKey(),
            settings.text(KeyServerSettings.KEY_SERVER_ADDRESS));
    CheckToken tokens =
        new CheckToken(introspection(node, settings), node.database(), records.accounts());

    Api api = new Api(gates, tokens, MAX_BODY_BYTES);
    List<Route<?>> routes = Routes.of(records, info);
    int port =
        node.listen(
            router -> {
              ContractPage.mount(router, CONTRACT);
              api.mount(router, routes);
            });
    int operationsPort = node.listenForOperations();
    node.sweep(WrappedRecords.EXPIRING_TABLES);
    log.info("key server {} listens on port {}", identity, port);
    return new KeyServer(
        node,
        info,
        routes.stream().map(route -> route.method() + " " + route.path()).toList(),
        port,
        operationsPort);
  }

  private static Introspection introspection(Node node, Settings settings)
      throws InvalidSettingException {
    String address = settings.text(KeyServerSettings.INTROSPECTION_ADDRESS);
    if (!address.matches("https://[^/]+")) {
      throw new InvalidSettingException(
          "introspection-address is %s; https://HOST:PORT required".formatted(address));
    }
    return new Introspection(
        node.vertx(),
        URI.create(address),
        node.certificate(),
        settings.path(KeyServerSettings.SERVER_CERTIFICATE));
  }

  /** Answers what was begun, then stops. */
  @Override
  public void close() {
    node.close();
  }
}
