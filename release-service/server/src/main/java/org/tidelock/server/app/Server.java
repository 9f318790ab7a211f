package org.tidelock.server.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.ServerInfo;
import org.tidelock.server.accounts.AccountSecrets;
import org.tidelock.server.accounts.Accounts;
import org.tidelock.server.accounts.CodeSender;
import org.tidelock.server.accounts.Handles;
import org.tidelock.server.directory.CheckRecipients;
import org.tidelock.server.directory.LookUp;
import org.tidelock.server.presence.WhoIsOnline;
import org.tidelock.server.release.Uptime;
import org.tidelock.service.http.Api;
import org.tidelock.service.http.Channel;
import org.tidelock.service.http.ContractPage;
import org.tidelock.service.http.Gates;
import org.tidelock.service.http.KeptSecret;
import org.tidelock.service.http.OpenSockets;
import org.tidelock.service.http.Route;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.http.SocketRoute;
import org.tidelock.service.node.Node;
import org.tidelock.service.settings.Settings;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/**
 * A running server node.
 *
 * @param info what it tells clients of itself
 * @param routes what the open port serves, as {@code GET /v1/people/:name}
 * @param introspectionPort the port for the key server; empty if none is known
 */
public record Server(
    Node node,
    ServerInfo info,
    List<String> routes,
    int port,
    int operationsPort,
    OptionalInt introspectionPort)
    implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Server.class);

  private static final String CONTRACT = "openapi.yaml";

  /**
   * Starts a node.
   *
   * @throws InvalidSettingException if a setting cannot be
   * @throws IOException if the database or a port cannot be had
   */
  public static Server start(Settings settings, InstantSource clock)
      throws IOException, InvalidSettingException {
    return start(settings, clock, Uptime.ofThisMachine());
  }

  /**
   * Starts a node.
   *
   * @param uptime what {@code clock} is held against: releases stop when it was set
   */
  public static Server start(Settings settings, InstantSource clock, Uptime uptime)
      throws IOException, InvalidSettingException {
    Node node = node(settings, clock);
    try {
      return open(node, settings, clock, uptime);
    } catch (IOException | InvalidSettingException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  static Node node(Settings settings, InstantSource clock)
      throws IOException, InvalidSettingException {
    return new Node(settings, ServerSettings.NODE, "server", clock, "db/foundation", "db/server");
  }

  private static Server open(Node node, Settings settings, InstantSource clock, Uptime uptime)
      throws IOException, InvalidSettingException {
    KeptSecret secret = KeptSecret.in(node.data().resolve("server-secret"));
    ServerIdentity identity = secret.identity();
    Gates gates = node.gates(identity);
    CodeSender mail = CodeSenders.chosen(node.vertx(), settings, clock);
    Accounts accounts =
        Accounts.of(
            node.database(),
            node.cpu(),
            identity,
            new AccountSecrets(
                secret.derive("handle-pepper"),
                secret.derive("code-key"),
                secret.derive("invention-key"),
                secret.derive("handle-filter-key")),
            mail,
            gates.limits(),
            clock);
    LookUp lookUp = new LookUp(accounts.publicKeys());
    CheckRecipients recipients = new CheckRecipients(accounts.handles(), gates.limits());
    ServerInfo info =
        new ServerInfo(
            identity.id(),
            identity.key().publicKey(),
            settings.text(ServerSettings.KEY_SERVER_ADDRESS));

    Channel channel =
        new Channel(
            gates,
            identity,
            EncryptionKey.fromPrivate(Suite.X25519, secret.derive("channel-key")),
            clock);
    Api api = new Api(gates, accounts.authenticator());
    OpenSockets sockets = new OpenSockets();
    Messaging messaging =
        Messaging.open(
            node, settings, identity, accounts.publicKeys(), mail, sockets, clock, uptime);
    node.run(() -> messaging.listen(node.wakeups()));
    WhoIsOnline presence = WhoIsOnline.of(node.database(), sockets, clock);
    node.run(() -> accounts.handles().listen(node.wakeups()));
    node.run(() -> presence.listen(node.wakeups()));
    List<Route<?>> routes = Routes.open(accounts, lookUp, recipients, presence, messaging, info);
    SocketRoute events = Routes.events(presence, messaging, sockets);
    int port =
        node.listen(
            router -> {
              ContractPage.mount(router, CONTRACT);
              api.mount(router, events);
              api.mount(router, routes, channel);
            });
    node.onClose(sockets::leave);
    node.onClose(messaging.waits()::leave);
    OptionalInt introspectionPort = listenForKeyServer(node, settings, api, accounts);
    int operationsPort = node.listenForOperations(messaging::mountOperations);
    node.sweep(
        Stream.concat(Accounts.EXPIRING_TABLES.stream(), Messaging.EXPIRING_TABLES.stream())
            .toList());
    messaging.begin();
    node.every(Handles.READ_INTERVAL, accounts.handles()::catchUp);
    node.every(WhoIsOnline.EXPIRY_INTERVAL, presence.stayOnline()::expire);
    log.info("server {} listens on port {}", identity, port);
    return new Server(
        node,
        info,
        Stream.concat(
                routes.stream().map(route -> route.method() + " " + route.path()),
                Stream.concat(Channel.routes().stream(), Stream.of("GET " + events.path())))
            .toList(),
        port,
        operationsPort,
        introspectionPort);
  }

  private static OptionalInt listenForKeyServer(
      Node node, Settings settings, Api api, Accounts accounts)
      throws IOException, InvalidSettingException {
    Optional<String> client = settings.optional(ServerSettings.KEY_SERVER_CERTIFICATE);
    if (client.isEmpty()) {
      return OptionalInt.empty();
    }
    int port = settings.number(ServerSettings.INTROSPECTION_PORT, 0, 65_535);
    return OptionalInt.of(
        node.listenFor(
            Path.of(client.get()),
            port,
            router -> api.mount(router, Routes.forKeyServer(accounts))));
  }

  /** Answers what was begun, then stops. */
  @Override
  public void close() {
    node.close();
  }
}
