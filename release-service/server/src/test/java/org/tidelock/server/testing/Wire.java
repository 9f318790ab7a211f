package org.tidelock.server.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.signing.Receipt;
import org.tidelock.protocol.signing.RequestSigning;
import org.tidelock.protocol.signing.RequestSigning.SignedRequest;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.ServerInfo;
import org.tidelock.protocol.wire.Token;
import org.tidelock.protocol.wire.WireJson;

/** The protocol on a real socket: TLS 1.3 with the server's certificate, signatures, receipts. */
public final class Wire {

  private final Contract contract;
  private final String address;
  private final InstantSource clock;
  private final HttpClient http;
  private Way way;
  private @Nullable ServerInfo info;

  /** How requests travel. */
  interface Way {
    HttpResponse<byte[]> send(HttpRequest request, byte[] body)
        throws IOException, InterruptedException;
  }

  /** A connection to a service that shows a certificate and keeps to a contract. */
  public Wire(String address, Path certificate, InstantSource clock, Contract contract) {
    this.contract = contract;
    this.address = address;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(trusting(certificate))
            .build();
    this.way = (request, body) -> http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Sends everything through the application channel from now on. */
  public ChannelWire throughChannel() {
    ChannelWire channel = new ChannelWire(address, http, clock, info());
    way = channel;
    return channel;
  }

  /** An answer as it came. */
  public record Answer(HttpResponse<byte[]> response) {

    public int status() {
      return response.statusCode();
    }

    public <T> T as(Class<T> type) {
      if (WireJson.read(response.body(), type) instanceof WireJson.Reading.Read<T>(T value)) {
        return value;
      }
      throw new AssertionError(status() + " " + text());
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public ProblemCode problem() {
      Problem problem = as(Problem.class);
      if (problem.status() != status()
          || !response.headers().firstValue("content-type").orElse("").equals(Problem.MEDIA_TYPE)) {
        throw new AssertionError("not a problem document: " + text());
      }
      return ProblemCode.named(problem.type().substring(ProblemCode.TYPE_PREFIX.length()))
          .orElseThrow();
    }
  }

  public InstantSource clock() {
    return clock;
  }

  public ServerInfo info() {
    ServerInfo known = info;
    if (known == null) {
      known = send("GET", "/v1/server", null, null).as(ServerInfo.class);
      info = known;
    }
    return known;
  }

  /** Sends an unsigned request. */
  public Answer send(String method, String path, @Nullable Token token, @Nullable Object body) {
    byte[] bytes = bytes(body);
    return exchange(request(method, path, token, bytes).build(), bytes);
  }

  /** Sends a request signed by a device and checks the receipt of its answer. */
  public Answer signed(
      SigningKey device, String method, String path, @Nullable Token token, @Nullable Object body) {
    SignedRequest signed = sign(device, method, path, bytes(body));
    Answer answer = sendSigned(signed, method, path, token, bytes(body));
    requireReceipt(signed, answer);
    return answer;
  }

  /** Opens the socket of events. */
  public EventSocket events(SigningKey device, Token token) throws Exception {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    builder.header("Authorization", "Bearer " + token.reveal());
    sign(device, "GET", "/v1/events", new byte[0]).fields().forEach(builder::header);
    return new EventSocket(builder, URI.create(address.replace("https", "wss") + "/v1/events"));
  }

  public SignedRequest sign(SigningKey device, String method, String path, byte[] body) {
    int question = path.indexOf('?');
    return RequestSigning.sign(
        device,
        info().server(),
        method,
        question < 0 ? path : path.substring(0, question),
        question < 0 ? "" : path.substring(question + 1),
        Bytes.of(body),
        clock.instant());
  }

  /** Sends a request with a signature made before, right or wrong. */
  public Answer sendSigned(
      SignedRequest signed, String method, String path, @Nullable Token token, byte[] body) {
    HttpRequest.Builder request = request(method, path, token, body);
    signed.fields().forEach(request::header);
    return exchange(request.build(), body);
  }

  /** Sends bytes as they are. */
  public Answer raw(String method, String path, String mediaType, byte[] body) {
    return exchange(
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, BodyPublishers.ofByteArray(body))
            .header("Content-Type", mediaType)
            .build(),
        body);
  }

  private void requireReceipt(SignedRequest signed, Answer answer) {
    Signature signature =
        new Signature(
            Base64Url.decode(answer.response().headers().firstValue(Receipt.FIELD).orElseThrow()));
    Receipt receipt =
        Receipt.of(
            info().server(),
            signed.nonce(),
            signed.requestHash(),
            answer.status(),
            Bytes.of(answer.response().body()));
    if (!receipt.isSigned(info().signingKey(), signature)) {
      throw new AssertionError("the receipt is not the server's over this answer");
    }
  }

  public static byte[] bytes(@Nullable Object body) {
    return body == null ? new byte[0] : WireJson.write(body);
  }

  private HttpRequest.Builder request(
      String method, String path, @Nullable Token token, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body.length > 0) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token.reveal());
    }
    return request;
  }

  private Answer exchange(HttpRequest request, byte[] body) {
    try {
      Answer answer = new Answer(way.send(request, body));
      if (request.uri().getPath().startsWith("/v1/")) {
        contract.require(
            request.method(),
            request.uri().toString().substring(address.length()),
            body,
            answer.status(),
            answer.response().headers().firstValue("content-type").orElse(""),
            answer.response().body());
      }
      return answer;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static SSLContext trusting(Path certificate) {
    try (var file = Files.newInputStream(certificate)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
