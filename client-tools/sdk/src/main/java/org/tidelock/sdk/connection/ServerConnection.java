package org.tidelock.sdk.connection;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.ServerId;
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
import org.tidelock.sdk.connection.CertificatePinning.ChangedCertificateException;

/**
 * A connection to one pinned server. What changes something is signed by the device, and what comes
 * back is taken only with the server's receipt for exactly this request and answer. Thread-safe.
 */
public final class ServerConnection implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(30);
  private static final byte[] NO_BODY = {};

  private final HttpClient http;
  private final ServerPin pin;
  private final InstantSource clock;
  private final Optional<Channel> channel;

  private ServerConnection(
      HttpClient http, ServerPin pin, InstantSource clock, Optional<Channel> channel) {
    this.http = http;
    this.pin = pin;
    this.clock = clock;
    this.channel = channel;
  }

  /**
   * Meets a server for the first time and takes it at its word; {@link #pin} is to be remembered.
   *
   * @param address such as {@code https://example.org:8443}
   */
  public static ServerConnection meet(String address, InstantSource clock)
      throws UnreachableException, LyingServerException {
    URI uri = URI.create(ServerPin.requireAddress(address));
    CertificatePinning pinning = new CertificatePinning(Optional.empty());
    HttpClient http = client(pinning);
    try {
      ServerInfo info = askWhoItIs(http, uri);
      Bytes certificate = pinning.pin().orElseThrow();
      return new ServerConnection(
          http, new ServerPin(address, certificate, info), clock, Optional.empty());
    } catch (UnreachableException | LyingServerException | RuntimeException e) {
      http.close();
      throw e;
    }
  }

  /** Connects to a server met before; fails if it is another. Sends nothing yet. */
  public static ServerConnection to(ServerPin pin, InstantSource clock) {
    CertificatePinning pinning = new CertificatePinning(Optional.of(pin.certificate()));
    return new ServerConnection(client(pinning), pin, clock, Optional.empty());
  }

  /**
   * The same connection, with every request and answer inside the application channel: for where a
   * proxy ends TLS. The socket of events is not. Closing either closes both.
   *
   * @throws LyingServerException if the channel's key is not signed by the pinned server
   */
  public ServerConnection throughChannel() throws UnreachableException, LyingServerException {
    Channel opened = Channel.to(pin, clock, request -> send(http, pin.uri(), request));
    return new ServerConnection(http, pin, clock, Optional.of(opened));
  }

  /** What was pinned. */
  public ServerPin pin() {
    return pin;
  }

  /** The server's identifier, which stands in every signature. */
  public ServerId server() {
    return pin.info().server();
  }

  /** The clock that statements are dated by. */
  public InstantSource clock() {
    return clock;
  }

  /**
   * Sends a request. One that changes something is signed, and its receipt checked; one that reads
   * is not, since what it reads carries its own proofs. A reply without content is {@link Done}.
   */
  public <T> Answer<T> send(SigningKey device, Request request, Class<T> type)
      throws UnreachableException, LyingServerException {
    return request.changesSomething()
        ? sendSigned(device, request, type)
        : decode(exchange(builder(request), request.body()), type);
  }

  /** Opens a socket; each text frame is handed to {@code frames}, one after another. */
  public Answer<EventSocket> openSocket(
      SigningKey device, String path, Token token, Consumer<String> frames)
      throws UnreachableException, LyingServerException {
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
    builder.header("Authorization", "Bearer " + token.reveal());
    RequestSigning.sign(device, server(), "GET", path, "", Bytes.of(NO_BODY), clock.instant())
        .fields()
        .forEach(builder::header);
    URI address = URI.create(pin.address().replaceFirst("https", "wss") + path);
    try {
      return new Answer.Granted<>(EventSocket.open(builder, address, frames).get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return new Answer.Refused<>(refusedSocket(refused.getResponse().statusCode()));
      }
      throw failed(
          pin.uri(), e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(pin.uri(), new InterruptedIOException("interrupted"));
    }
  }

  /** Java's client shows the status of a refused upgrade, and not its problem document. */
  private static Problem refusedSocket(int status) {
    ProblemCode code =
        switch (status) {
          case 401 -> ProblemCode.TOKEN_INVALID;
          case 403 -> ProblemCode.TOKEN_NOT_ENOUGH;
          case 429 -> ProblemCode.TOO_MANY_REQUESTS;
          default -> ProblemCode.OVERLOADED;
        };
    return Problem.of(code, "the server refuses the socket with status %d".formatted(status));
  }

  private <T> Answer<T> sendSigned(SigningKey device, Request request, Class<T> type)
      throws UnreachableException, LyingServerException {
    int question = request.path().indexOf('?');
    SignedRequest signed =
        RequestSigning.sign(
            device,
            server(),
            request.method(),
            question < 0 ? request.path() : request.path().substring(0, question),
            question < 0 ? "" : request.path().substring(question + 1),
            Bytes.of(request.body()),
            clock.instant());
    HttpRequest.Builder builder = builder(request);
    signed.fields().forEach(builder::header);
    HttpResponse<byte[]> response = exchange(builder, request.body());
    requireReceipt(signed, response);
    return decode(response, type);
  }

  private HttpResponse<byte[]> exchange(HttpRequest.Builder request, byte[] body)
      throws UnreachableException, LyingServerException {
    return channel.isPresent()
        ? channel
            .get()
            .send(
                request.build(), body, outer -> send(http, pin.uri(), outer.timeout(REPLY_TIMEOUT)))
        : send(http, pin.uri(), request);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  /** The server refuses some requests before it knows who signed them, and cannot sign then. */
  private void requireReceipt(SignedRequest signed, HttpResponse<byte[]> response)
      throws LyingServerException {
    Optional<String> field = response.headers().firstValue(Receipt.FIELD);
    if (field.isEmpty() && response.statusCode() >= 400) {
      return;
    }
    Receipt receipt =
        Receipt.of(
            server(),
            signed.nonce(),
            signed.requestHash(),
            response.statusCode(),
            Bytes.of(response.body()));
    if (field.isEmpty() || !isSigned(receipt, field.get())) {
      throw new LyingServerException(
          "the answer has no receipt of the server over it: somebody between may have written it");
    }
  }

  private boolean isSigned(Receipt receipt, String field) {
    try {
      return receipt.isSigned(pin.info().signingKey(), new Signature(Base64Url.decode(field)));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private HttpRequest.Builder builder(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(pin.uri().resolve(request.path()))
            .timeout(REPLY_TIMEOUT)
            .method(
                request.method(),
                request.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()));
    if (request.body().length > 0) {
      builder.header("Content-Type", "application/json");
    }
    request.token().ifPresent(token -> builder.header("Authorization", "Bearer " + token.reveal()));
    return builder;
  }

  private static ServerInfo askWhoItIs(HttpClient http, URI address)
      throws UnreachableException, LyingServerException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve("/v1/server")).timeout(REPLY_TIMEOUT);
    return switch (decode(send(http, address, request), ServerInfo.class)) {
      case Answer.Granted<ServerInfo>(ServerInfo info) -> info;
      case Answer.Refused<ServerInfo>(Problem problem) ->
          throw new LyingServerException(
              "the server does not say who it is: %s".formatted(problem.detail()));
    };
  }

  private static HttpResponse<byte[]> send(
      HttpClient http, URI address, HttpRequest.Builder request)
      throws UnreachableException, LyingServerException {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw failed(address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(address, new InterruptedIOException("interrupted"));
    }
  }

  /** What is to be thrown where nothing came back. */
  private static UnreachableException failed(URI address, IOException e)
      throws LyingServerException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChangedCertificateException changed) {
        throw new LyingServerException(String.valueOf(changed.getMessage()));
      }
    }
    return new UnreachableException(address, e);
  }

  private static <T> Answer<T> decode(HttpResponse<byte[]> response, Class<T> type)
      throws LyingServerException {
    if (response.statusCode() >= 400) {
      return new Answer.Refused<>(read(response, Problem.class));
    }
    if (type == Done.class && response.body().length == 0) {
      return new Answer.Granted<>(type.cast(Done.DONE));
    }
    return new Answer.Granted<>(read(response, type));
  }

  private static <T> T read(HttpResponse<byte[]> response, Class<T> type)
      throws LyingServerException {
    return switch (WireJson.read(response.body(), type)) {
      case WireJson.Reading.Read<T>(T value) -> value;
      case WireJson.Reading.Malformed<T>(String reason) ->
          throw new LyingServerException("the server's answer is no answer: " + reason);
      case WireJson.Reading.InvalidField<T>(String field, String reason) ->
          throw new LyingServerException(
              "the server's answer is no answer: %s %s".formatted(field, reason));
    };
  }

  private static HttpClient client(CertificatePinning pinning) {
    return HttpClient.newBuilder()
        .sslContext(pinning.context())
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /** The request a client makes without a body. */
  static byte[] noBody() {
    return NO_BODY;
  }
}
