package org.tidelock.server.accounts;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.suite.Hmac;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * Hands texts for telephones to a gateway: a signed POST of JSON, as Standard Webhooks
 * (standardwebhooks.com) has it, so that a gateway can check it with a library. What is not taken
 * is sent again after ever longer pauses, under the same id: a gateway that sees an id twice has
 * done its work already.
 */
public final class WebhookCodeSender implements CodeSender {

  private static final Logger log = LoggerFactory.getLogger(WebhookCodeSender.class);

  private static final int ATTEMPTS = 6;
  private static final int ID_BYTES = 16;

  private final Vertx vertx;
  private final Context eventLoop;
  private final HttpClient client;
  private final URI gateway;
  private final SecretBytes secret;
  private final InstantSource clock;
  private final Patience patience;

  /**
   * How long to wait.
   *
   * @param reply for an answer
   * @param firstPause before the second attempt; each later pause is twice the one before
   */
  public record Patience(Duration reply, Duration firstPause) {

    /** Six attempts within a minute. */
    public static final Patience ORDINARY =
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(1));
  }

  /**
   * Sends to {@code gateway}. Called from a thread that is none of Vert.x's.
   *
   * @param secret what both sides sign with
   */
  public WebhookCodeSender(
      Vertx vertx, URI gateway, SecretBytes secret, InstantSource clock, Patience patience) {
    this.vertx = vertx;
    this.eventLoop = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) patience.reply().toMillis()));
    this.gateway = gateway;
    this.secret = secret;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public boolean reaches(Contact.Kind kind) {
    return kind == Contact.Kind.PHONE;
  }

  @Override
  public void send(Contact contact, String subject, String text) {
    String id = Base64Url.encode(RandomBytes.ofLength(ID_BYTES));
    Buffer body =
        new JsonObject()
            .put("type", "tidelock.text")
            .put("phone", contact.value())
            .put("subject", subject)
            .put("text", text.strip())
            .toBuffer();
    eventLoop.runOnContext(none -> attempt(id, body, 1, patience.firstPause()));
  }

  private void attempt(String id, Buffer body, int number, Duration pause) {
    Future<Integer> answered =
        client
            .request(options(id, body))
            .compose(request -> request.send(body))
            .map(response -> response.statusCode())
            .timeout(patience.reply().toMillis(), TimeUnit.MILLISECONDS);
    answered
        .onSuccess(
            status -> {
              if (status / 100 != 2) {
                again(id, body, number, pause, "status " + status);
              }
            })
        .onFailure(failure -> again(id, body, number, pause, failure.getClass().getSimpleName()));
  }

  /** The number is in no log: that the gateway does not take texts is for the operator to see. */
  private void again(String id, Buffer body, int number, Duration pause, String reason) {
    if (number == ATTEMPTS) {
      log.warn("the phone gateway did not take a text in {} attempts: {}", number, reason);
      return;
    }
    log.info("the phone gateway did not take a text at attempt {}: {}", number, reason);
    vertx.setTimer(pause.toMillis(), timer -> attempt(id, body, number + 1, pause.multipliedBy(2)));
  }

  private RequestOptions options(String id, Buffer body) {
    long now = clock.instant().getEpochSecond();
    String signed = id + "." + now + "." + body.toString(StandardCharsets.UTF_8);
    Bytes signature = Hmac.of(secret, Bytes.of(signed.getBytes(StandardCharsets.UTF_8)));
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(gateway.toString())
        .putHeader("Content-Type", "application/json")
        .putHeader("webhook-id", id)
        .putHeader("webhook-timestamp", Long.toString(now))
        .putHeader(
            "webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature.toArray()));
  }
}
