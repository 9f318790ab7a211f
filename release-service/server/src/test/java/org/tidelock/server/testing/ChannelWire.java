package org.tidelock.server.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.channel.BinaryHttp;
import org.tidelock.protocol.channel.ChannelKey;
import org.tidelock.protocol.channel.Encapsulation;
import org.tidelock.protocol.channel.MalformedChannelException;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.wire.ServerInfo;

/** Sends requests inside the application channel, and keeps what somebody outside it would see. */
public final class ChannelWire implements Wire.Way {

  private final HttpClient http;
  private final InstantSource clock;
  private final ChannelKey key;
  private final List<String> paths = new ArrayList<>();
  private final List<String> bytes = new ArrayList<>();
  private String address;
  private Duration dateDifference = Duration.ZERO;
  private Encapsulation.@Nullable Sent last;
  private @Nullable HttpRequest lastInner;

  ChannelWire(String address, HttpClient http, InstantSource clock, ServerInfo info) {
    this.address = address;
    this.http = http;
    this.clock = clock;
    this.key = key(info);
  }

  public List<String> pathsSeen() {
    return paths;
  }

  public List<String> bytesSeen() {
    return bytes;
  }

  /** From now on requests are dated wrong by this. */
  public void dateIsOffBy(Duration difference) {
    dateDifference = difference;
  }

  /** Other nodes have other addresses and nothing else. */
  public void goOnAt(String other) {
    address = other;
  }

  @Override
  public HttpResponse<byte[]> send(HttpRequest request, byte[] body)
      throws IOException, InterruptedException {
    List<BinaryHttp.Field> fields = new ArrayList<>();
    fields.add(
        new BinaryHttp.Field(
            "date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().plus(dateDifference).atOffset(ZoneOffset.UTC))));
    request
        .headers()
        .map()
        .forEach(
            (name, values) ->
                fields.add(new BinaryHttp.Field(name.toLowerCase(Locale.ROOT), values.getFirst())));
    String query = request.uri().getRawQuery();
    Encapsulation.Sent sent =
        Encapsulation.send(
            key,
            BinaryHttp.write(
                new BinaryHttp.Request(
                    request.method(),
                    "https",
                    "localhost",
                    request.uri().getRawPath() + (query == null ? "" : "?" + query),
                    fields,
                    Bytes.of(body))));
    last = sent;
    lastInner = request;
    return exchange(request, sent);
  }

  /** The last request once more, as somebody who recorded it would send it. */
  public Wire.Answer replayLast() throws IOException, InterruptedException {
    if (last == null || lastInner == null) {
      throw new IllegalStateException("nothing was sent");
    }
    return new Wire.Answer(exchange(lastInner, last));
  }

  private HttpResponse<byte[]> exchange(HttpRequest inner, Encapsulation.Sent sent)
      throws IOException, InterruptedException {
    HttpRequest outer =
        HttpRequest.newBuilder(URI.create(address + "/v1/channel"))
            .header("Content-Type", Encapsulation.REQUEST_TYPE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(sent.message().toArray()))
            .build();
    HttpResponse<byte[]> answer = http.send(outer, HttpResponse.BodyHandlers.ofByteArray());
    paths.add(outer.uri().getPath());
    bytes.add(new String(sent.message().toArray(), StandardCharsets.ISO_8859_1));
    bytes.add(new String(answer.body(), StandardCharsets.ISO_8859_1));
    if (answer.statusCode() != 200
        || !answer
            .headers()
            .firstValue("content-type")
            .equals(Optional.of(Encapsulation.RESPONSE_TYPE))
        || !(sent.exchange().open(Bytes.of(answer.body()))
            instanceof Opening.Opened(SecretBytes plaintext))) {
      throw new AssertionError("not an encapsulated response: " + answer);
    }
    try {
      return new Inside(inner, BinaryHttp.readResponse(plaintext));
    } catch (MalformedChannelException e) {
      throw new AssertionError(e);
    }
  }

  private ChannelKey key(ServerInfo info) {
    try {
      HttpResponse<byte[]> keys =
          http.send(
              HttpRequest.newBuilder(URI.create(address + "/v1/channel/keys")).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      Bytes list = Bytes.of(keys.body());
      Signature signature =
          new Signature(
              Base64Url.decode(
                  keys.headers().firstValue(ChannelKey.SIGNATURE_FIELD).orElseThrow()));
      if (!info.signingKey().verifies(ChannelKey.statement(info.server(), list), signature)) {
        throw new AssertionError("the channel's key is not signed by the server");
      }
      return ChannelKey.firstOf(list);
    } catch (IOException | MalformedChannelException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private record Inside(HttpRequest request, BinaryHttp.Response response)
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
              .collect(Collectors.toMap(BinaryHttp.Field::name, field -> List.of(field.value())));
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
