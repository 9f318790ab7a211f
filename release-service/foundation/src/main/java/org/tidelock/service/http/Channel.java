package org.tidelock.service.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.channel.BinaryHttp;
import org.tidelock.protocol.channel.ChannelKey;
import org.tidelock.protocol.channel.Encapsulation;
import org.tidelock.protocol.channel.MalformedChannelException;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.signing.RequestSigning;
import org.tidelock.protocol.suite.Aead;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * The application channel inside TLS: Oblivious HTTP (RFC 9458). A request is opened, goes the way
 * that every request goes, and its reply is sealed. Every node has the same key and the nonces lie
 * in the database, so any node answers. Thread-safe.
 */
public final class Channel {

  /** Where encapsulated requests are sent. */
  public static final String PATH = "/v1/channel";

  /** Where the key is. */
  public static final String KEYS_PATH = "/v1/channel/keys";

  private static final int KEY_ID = 1;

  private final Gates gates;
  private final EncryptionKey privateKey;
  private final ChannelKey key;
  private final InstantSource clock;
  private final OutgoingReply keys;

  /** A channel to {@code privateKey}, which {@code identity} vouches for. */
  public Channel(
      Gates gates, ServerIdentity identity, EncryptionKey privateKey, InstantSource clock) {
    this.gates = gates;
    this.privateKey = privateKey;
    this.key = new ChannelKey(KEY_ID, privateKey.publicKey(), List.of(Aead.AES_256_GCM));
    this.clock = clock;
    Bytes list = key.asList();
    this.keys =
        new OutgoingReply(
            200,
            Map.of(
                "Content-Type",
                ChannelKey.MEDIA_TYPE,
                ChannelKey.SIGNATURE_FIELD,
                Base64Url.encode(
                    identity.key().sign(ChannelKey.statement(identity.id(), list)).value())),
            list);
  }

  /** The two paths, as {@code POST /v1/channel}. */
  public static List<String> routes() {
    return List.of("POST " + PATH, "GET " + KEYS_PATH);
  }

  void mountKeys(Router router) {
    router.get(KEYS_PATH).handler(context -> keys.send(context.response()));
  }

  /** Answers an encapsulated request with what {@code way} answers to the one inside. */
  OutgoingReply serve(IncomingRequest outer, Function<IncomingRequest, OutgoingReply> way) {
    return Api.guarded(
        outer,
        () -> {
          Encapsulation.Received received = open(outer);
          try (SecretBytes plaintext = received.plaintext();
              Encapsulation exchange = received.exchange()) {
            return seal(exchange, answer(outer, plaintext, exchange.encapsulation(), way));
          }
        },
        refused -> gates.replies().compose(refused, null));
  }

  private Encapsulation.Received open(IncomingRequest outer) {
    gates.limits().take(List.of(RateLimits.by(outer.remote(), Limit.GENERAL)));
    if (!outer.method().equals("POST")) {
      throw new Refusal(ProblemCode.METHOD_NOT_ALLOWED);
    }
    if (!Encapsulation.REQUEST_TYPE.equals(outer.headers().get("Content-Type"))) {
      throw new Refusal(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
    return gates
        .cpu()
        .run(() -> Encapsulation.receive(key, privateKey, outer.body()))
        .orElseThrow(
            () ->
                new Refusal(
                    ProblemCode.INVALID_FIELD,
                    "the request is not encapsulated to this server's key, or was altered"));
  }

  private OutgoingReply answer(
      IncomingRequest outer,
      SecretBytes plaintext,
      Bytes encapsulation,
      Function<IncomingRequest, OutgoingReply> way) {
    return Api.guarded(
        outer,
        () -> {
          IncomingRequest inner = read(outer, plaintext);
          requireFresh(inner, encapsulation);
          return way.apply(inner);
        },
        refused -> gates.replies().compose(refused, null));
  }

  private static IncomingRequest read(IncomingRequest outer, SecretBytes plaintext) {
    BinaryHttp.Request request;
    try {
      request = BinaryHttp.readRequest(plaintext);
    } catch (MalformedChannelException e) {
      throw new Refusal(ProblemCode.INVALID_FIELD, "the encapsulated request: " + e.getMessage());
    }
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    request.fields().forEach(field -> headers.add(field.name(), field.value()));
    int question = request.path().indexOf('?');
    return new IncomingRequest(
        request.method(),
        question < 0 ? request.path() : request.path().substring(0, question),
        question < 0 ? "" : request.path().substring(question + 1),
        headers,
        request.content(),
        outer.remote());
  }

  /** Each encapsulation is taken once, for as long as its date would be taken (section 6.5.1). */
  private void requireFresh(IncomingRequest inner, Bytes encapsulation) {
    Instant date = date(inner);
    Instant now = clock.instant();
    if (date.isBefore(now.minus(RequestSigning.MAX_CLOCK_DIFFERENCE))
        || date.isAfter(now.plus(RequestSigning.MAX_CLOCK_DIFFERENCE))) {
      throw new Refusal(ProblemCode.CLOCK_OUT_OF_RANGE);
    }
    Instant expiresAt = date.plus(RequestSigning.MAX_CLOCK_DIFFERENCE).plusSeconds(1);
    gates.limits().take(List.of(new Toll.Nonce(key.key().value(), encapsulation, expiresAt)));
  }

  private static Instant date(IncomingRequest inner) {
    String date = inner.headers().get("Date");
    try {
      return ZonedDateTime.parse(date == null ? "" : date, DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
    } catch (DateTimeException e) {
      throw new Refusal(
          ProblemCode.CLOCK_OUT_OF_RANGE, "an encapsulated request needs a date field");
    }
  }

  private OutgoingReply seal(Encapsulation exchange, OutgoingReply inner) {
    List<BinaryHttp.Field> fields =
        inner.headers().entrySet().stream()
            .map(
                header ->
                    new BinaryHttp.Field(
                        header.getKey().toLowerCase(Locale.ROOT), header.getValue()))
            .toList();
    try (SecretBytes response =
        BinaryHttp.write(new BinaryHttp.Response(inner.status(), fields, inner.body()))) {
      return new OutgoingReply(
          200,
          Map.of("Content-Type", Encapsulation.RESPONSE_TYPE, "Cache-Control", "no-store"),
          gates.cpu().run(() -> exchange.seal(response)));
    }
  }
}
