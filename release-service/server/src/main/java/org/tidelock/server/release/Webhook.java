package org.tidelock.server.release;

import static io.vertx.core.Future.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.work.CpuWork;

/**
 * Calls an https address with a notice, signed by the server's key. Goes to no address of the
 * server's own networks: an account must not make the server ask what only the server can reach.
 */
final class Webhook {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int HTTPS_PORT = 443;

  private final HttpClient client;
  private final ServerIdentity identity;
  private final CpuWork cpu;
  private final boolean privateAddresses;

  /**
   * Calls through a client of its own.
   *
   * @param privateAddresses whether addresses of private networks are allowed, with any certificate
   */
  Webhook(Vertx vertx, ServerIdentity identity, CpuWork cpu, boolean privateAddresses) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(privateAddresses)
                .setVerifyHost(!privateAddresses)
                .setConnectTimeout((int) TIMEOUT.toMillis()));
    this.identity = identity;
    this.cpu = cpu;
    this.privateAddresses = privateAddresses;
  }

  /** Whether the notice was taken: answered with a status from 200 to 299. */
  boolean call(String url, Mailbox.Notice notice, Instant now) {
    URI uri = URI.create(url);
    byte[] body = WireJson.write(notice);
    Signature signature = cpu.run(() -> sign(body, now));
    Optional<InetAddress> address = cpu.run(() -> resolve(uri.getHost()));
    if (address.isEmpty()) {
      return false;
    }
    int port = uri.getPort() < 0 ? HTTPS_PORT : uri.getPort();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, address.get().getHostAddress()))
            .setHost(uri.getHost())
            .setPort(port)
            .setURI(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
            .setTimeout(TIMEOUT.toMillis())
            .putHeader("Content-Type", "application/json")
            .putHeader("Tidelock-Time", Long.toString(now.toEpochMilli()))
            .putHeader("Tidelock-Signature", Base64Url.encode(signature.value()));
    try {
      HttpClientRequest request = await(client.request(options));
      HttpClientResponse response = await(request.send(Buffer.buffer(body)));
      return response.statusCode() / 100 == 2;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private Signature sign(byte[] body, Instant now) {
    return identity
        .key()
        .sign(
            new Canonical("tidelock/v1/webhook")
                .bytes(identity.id().value())
                .integer(now.toEpochMilli())
                .bytes(Sha256.of(Bytes.of(body))));
  }

  /** The address of a host; empty if it has none, or none that may be called. */
  private Optional<InetAddress> resolve(String host) {
    try {
      return Optional.of(InetAddress.getByName(host))
          .filter(address -> privateAddresses || !isOwnNetwork(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static boolean isOwnNetwork(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    boolean sharedNat = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || uniqueLocal
        || sharedNat;
  }
}
