package org.tidelock.sdk.connection;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.channel.BinaryHttp;
import org.tidelock.protocol.channel.ChannelKey;
import org.tidelock.protocol.channel.Encapsulation;
import org.tidelock.protocol.channel.MalformedChannelException;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Signature;

/**
 * The client's end of the application channel: each request sealed to the server's key, which the
 * pinned signing key vouches for, each response opened. Whoever ends TLS on the way sees neither.
 * Thread-safe.
 */
final class Channel {

  private static final String PATH = "/v1/channel";

  /** As RFC 9110, section 5.6.7, has it. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private final ServerPin pin;
  private final ChannelKey key;
  private final InstantSource clock;

  private Channel(ServerPin pin, ChannelKey key, InstantSource clock) {
    this.pin = pin;
    this.key = key;
    this.clock = clock;
  }

  /** Sends a request over TLS and returns the answer as it came. */
  interface Tls {
    HttpResponse<byte[]> send(HttpRequest.Builder request)
        throws UnreachableException, LyingServerException;
  }

  /** Asks for the server's channel key. */
  static Channel to(ServerPin pin, InstantSource clock, Tls tls)
      throws UnreachableException, LyingServerException {
    HttpResponse<byte[]> answer =
        tls.send(HttpRequest.newBuilder(pin.uri().resolve(PATH + "/keys")));
    Bytes list = Bytes.of(answer.body());
    if (answer.statusCode() != 200 || !isSigned(pin, list, answer.headers())) {
      throw new LyingServerException(
          "the key of the application channel is not signed by the server: somebody between may"
              + " have written it");
    }
    try {
      return new Channel(pin, ChannelKey.firstOf(list), clock);
    } catch (MalformedChannelException e) {
      throw new LyingServerException("the server's channel key is no key: " + e.getMessage());
    }
  }

  /** Sends a request inside. */
  HttpResponse<byte[]> send(HttpRequest request, byte[] body, Tls tls)
      throws UnreachableException, LyingServerException {
    try (SecretBytes plaintext = BinaryHttp.write(binary(request, body))) {
      Encapsulation.Sent sent = Encapsulation.send(key, plaintext);
      try (Encapsulation exchange = sent.exchange()) {
        HttpResponse<byte[]> answer =
            tls.send(
                HttpRequest.newBuilder(pin.uri().resolve(PATH))
                    .header("Content-Type", Encapsulation.REQUEST_TYPE)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(sent.message().toArray())));
        return opened(request, exchange, answer);
      }
    }
  }

  private BinaryHttp.Request binary(HttpRequest request, byte[] body) {
    List<BinaryHttp.Field> fields = new ArrayList<>();
    fields.add(new BinaryHttp.Field("date", DATE.format(clock.instant().atOffset(ZoneOffset.UTC))));
    request
        .headers()
        .map()
        .forEach(
            (name, values) ->
                values.forEach(value -> fields.add(new BinaryHttp.Field(lower(name), value))));
    URI uri = request.uri();
    String path =
        uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    return new BinaryHttp.Request(
        request.method(), uri.getScheme(), uri.getAuthority(), path, fields, Bytes.of(body));
  }

  private static HttpResponse<byte[]> opened(
      HttpRequest request, Encapsulation exchange, HttpResponse<byte[]> answer)
      throws LyingServerException {
    if (answer.statusCode() != 200
        || !(exchange.open(Bytes.of(answer.body()))
            instanceof Opening.Opened(SecretBytes plaintext))) {
      throw new LyingServerException(
          "what came back through the application channel is not the server's: status %d"
              .formatted(answer.statusCode()));
    }
    try (plaintext) {
      return new Opened(request, BinaryHttp.readResponse(plaintext));
    } catch (MalformedChannelException e) {
      throw new LyingServerException("the server's answer is no answer: " + e.getMessage());
    }
  }

  private static boolean isSigned(ServerPin pin, Bytes list, HttpHeaders headers) {
    try {
      return headers
          .firstValue(ChannelKey.SIGNATURE_FIELD)
          .map(field -> new Signature(Base64Url.decode(field)))
          .filter(
              signature ->
                  pin.info()
                      .signingKey()
                      .verifies(ChannelKey.statement(pin.info().server(), list), signature))
          .isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A response that came inside. */
  private record Opened(HttpRequest request, BinaryHttp.Response response)
      implements HttpResponse<byte[]> {

    @Override
    public int statusCode() {
      return response.status();
    }

    @Override
    public Optional<HttpResponse<byte[]>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
      Map<String, List<String>> fields =
          response.fields().stream()
              .collect(
                  Collectors.groupingBy(
                      BinaryHttp.Field::name,
                      Collectors.mapping(BinaryHttp.Field::value, Collectors.toList())));
      return HttpHeaders.of(fields, (name, value) -> true);
    }

    @Override
    public byte[] body() {
      return response.content().toArray();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_2;
    }
  }
}
