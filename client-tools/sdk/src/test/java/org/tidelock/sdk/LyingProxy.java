package org.tidelock.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.channel.ChannelKey;
import org.tidelock.protocol.signing.Receipt;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.service.http.KeptSecret;
import org.tidelock.service.http.ServerIdentity;

/**
 * A server that lies: it has the honest one's certificate and, if wanted, its signing key, hands
 * requests on, and changes answers.
 */
final class LyingProxy implements AutoCloseable {

  /** An answer as it is passed on. */
  record Passed(int status, Bytes body) {}

  private final HttpsServer listener;
  private final HttpClient http;
  private final URI target;
  private final ServerIdentity identity;
  private final Map<String, UnaryOperator<Passed>> lies = new ConcurrentHashMap<>();
  private final Map<String, Break> breaks = new ConcurrentHashMap<>();
  private volatile boolean signsReceipts = true;

  private LyingProxy(Path data, String name, int port)
      throws IOException, GeneralSecurityException {
    Certificate certificate = certificate(data.resolve(name + "-certificate.pem"));
    PrivateKey key = privateKey(data.resolve(name + "-private-key.pem"));
    identity = KeptSecret.in(data.resolve(name + "-secret")).identity();
    target = URI.create("https://localhost:" + port);
    http = HttpClient.newBuilder().sslContext(context(certificate, key)).build();
    listener = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
    listener.setHttpsConfigurator(new HttpsConfigurator(context(certificate, key)));
    listener.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    listener.createContext("/", this::pass);
    listener.start();
  }

  static LyingProxy before(RunningServer server) throws IOException, GeneralSecurityException {
    return new LyingProxy(server.data(), "server", server.server().port());
  }

  static LyingProxy beforeKeyServer(RunningKeyServer both)
      throws IOException, GeneralSecurityException {
    return new LyingProxy(both.data(), "key-server", both.keyServer().port());
  }

  /** The pin of the honest server, at the liar's address. */
  ServerPin pin(ServerPin honest) {
    return new ServerPin(
        "https://localhost:" + listener.getAddress().getPort(),
        honest.certificate(),
        honest.info());
  }

  ServerId server() {
    return identity.id();
  }

  SigningKey serverKey() {
    return identity.key();
  }

  /** From now on answers of this path are changed. */
  void lieAbout(String path, UnaryOperator<Passed> lie) {
    lies.put(path, lie);
  }

  /** From now on what is changed has the receipt of what was not. */
  void lacksTheSigningKey() {
    signsReceipts = false;
  }

  /** What becomes of a request before the connection breaks. */
  enum Breaking {
    BEFORE_IT_ARRIVES,
    BEFORE_THE_ANSWER
  }

  /**
   * From now on requests of this path find the connection broken, once {@code after} came through.
   */
  void breakAt(String path, Breaking how, int after) {
    breaks.put(path, new Break(how, new AtomicInteger(after)));
  }

  /** From now on everything comes through. */
  void mend() {
    breaks.clear();
  }

  private record Break(Breaking how, AtomicInteger remaining) {}

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      Break broken = breaks.get(exchange.getRequestURI().getPath());
      boolean breaksNow = broken != null && broken.remaining().getAndDecrement() <= 0;
      if (broken != null && breaksNow && broken.how() == Breaking.BEFORE_IT_ARRIVES) {
        return;
      }
      HttpResponse<byte[]> honest = ask(exchange);
      if (breaksNow) {
        return;
      }
      UnaryOperator<Passed> lie =
          lies.getOrDefault(exchange.getRequestURI().getPath(), UnaryOperator.identity());
      Passed passed = lie.apply(new Passed(honest.statusCode(), Bytes.of(honest.body())));
      honest
          .headers()
          .firstValue(Receipt.FIELD)
          .map(receipt -> signsReceipts ? receipt(exchange, passed) : receipt)
          .ifPresent(receipt -> exchange.getResponseHeaders().set(Receipt.FIELD, receipt));
      honest
          .headers()
          .firstValue(ChannelKey.SIGNATURE_FIELD)
          .ifPresent(
              signature ->
                  exchange.getResponseHeaders().set(ChannelKey.SIGNATURE_FIELD, signature));
      exchange.sendResponseHeaders(
          passed.status(), passed.body().length() == 0 ? -1 : passed.body().length());
      exchange.getResponseBody().write(passed.body().toArray());
    }
  }

  private HttpResponse<byte[]> ask(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name :
        new String[] {
          "Content-Type",
          "Authorization",
          "Content-Digest",
          "Tidelock-Server",
          "Signature-Input",
          "Signature"
        }) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The receipt a server would sign for the changed answer. */
  private String receipt(HttpExchange exchange, Passed passed) {
    String input = String.valueOf(exchange.getRequestHeaders().getFirst("Signature-Input"));
    String parameters = input.substring(input.indexOf('('));
    String base =
        """
        "@method": %s
        "@path": %s
        "@query": ?%s
        "content-digest": %s
        "tidelock-server": %s
        "@signature-params": %s\
        """
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery() == null
                    ? ""
                    : exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders().getFirst("Content-Digest"),
                exchange.getRequestHeaders().getFirst("Tidelock-Server"),
                parameters);
    String nonce = parameters.replaceFirst(".*;nonce=\"([^\"]*)\".*", "$1");
    Receipt receipt =
        Receipt.of(
            identity.id(),
            Base64Url.decode(nonce),
            Sha256.of(base.getBytes(StandardCharsets.US_ASCII)),
            passed.status(),
            passed.body());
    return Base64Url.encode(receipt.sign(identity.key()).value());
  }

  private static SSLContext context(Certificate certificate, PrivateKey key)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, new char[0], new Certificate[] {certificate});
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey privateKey(Path pem) throws IOException, GeneralSecurityException {
    String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  @Override
  public void close() {
    listener.stop(0);
    http.shutdownNow();
    http.close();
  }
}
