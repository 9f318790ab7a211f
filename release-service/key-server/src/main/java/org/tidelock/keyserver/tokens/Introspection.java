package org.tidelock.keyserver.tokens;

import static io.vertx.core.Future.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.KeyServing.IntrospectionReply;
import org.tidelock.protocol.wire.Token;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.http.PinnedCertificate;
import org.tidelock.service.http.Refusal;
import org.tidelock.service.http.ServerCertificate;

/**
 * The question to the server what a token is worth, over TLS 1.3 on which each side shows its
 * certificate and takes exactly the other's. A token is used up by the question. Called from
 * virtual threads of Vert.x. Thread-safe.
 */
public final class Introspection {

  private static final Logger log = LoggerFactory.getLogger(Introspection.class);

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int TOKEN_REFUSED = 401;

  private final HttpClient http;
  private final URI address;

  /**
   * Asks the server at an address.
   *
   * @param address such as {@code https://localhost:8445}
   * @param own what this side shows
   * @param server the file of the certificate that the server has to show; it may come later
   */
  public Introspection(Vertx vertx, URI address, ServerCertificate own, Path server) {
    this.address = address;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setVerifyHost(false) // The pin takes its place.
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(own.options())
                .setTrustOptions(new PinnedCertificate(server).options())
                .setConnectTimeout((int) TIMEOUT.toMillis()));
  }

  /**
   * What a token is worth; empty if nothing.
   *
   * @throws Refusal if the server does not answer, or not as the server would
   */
  Optional<IntrospectionReply> ask(Token token) {
    Answer answer;
    try {
      answer = await(http.request(request()).compose(request -> sent(request, token)));
    } catch (Exception e) { // Whatever the connection failed by: await throws it undeclared.
      log.warn("{} does not answer an introspection: {}", address, e.toString());
      throw new Refusal(ProblemCode.TOKENS_UNCHECKED);
    }
    if (answer.status() == TOKEN_REFUSED) {
      return Optional.empty();
    }
    if (answer.status() == 200
        && WireJson.read(answer.body().getBytes(), IntrospectionReply.class)
            instanceof WireJson.Reading.Read<IntrospectionReply>(IntrospectionReply worth)) {
      return Optional.of(worth);
    }
    log.error("{} answered an introspection with status {}", address, answer.status());
    throw new Refusal(ProblemCode.TOKENS_UNCHECKED);
  }

  private record Answer(int status, Buffer body) {}

  private RequestOptions request() {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(address.resolve("/v1/introspection").toString())
        .setTimeout(TIMEOUT.toMillis());
  }

  private static Future<Answer> sent(HttpClientRequest request, Token token) {
    return request
        .putHeader("Content-Type", "application/json")
        .send(Buffer.buffer(WireJson.write(new KeyServing.Introspection(token))))
        .compose(reply -> reply.body().map(body -> new Answer(reply.statusCode(), body)));
  }
}
