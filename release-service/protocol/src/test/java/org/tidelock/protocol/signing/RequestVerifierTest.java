package org.tidelock.protocol.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.SigningKey;

class RequestVerifierTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Bytes BODY = Bytes.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8));

  private final ServerId server = ServerId.random();
  private final SigningKey key = SigningKey.generate();
  private final RequestVerifier verifier = new RequestVerifier(server, InstantSource.fixed(NOW));
  private final RequestSigning.SignedRequest signed =
      RequestSigning.sign(key, server, "POST", "/v1/login", "a=b&c=%20", BODY, NOW);

  @Test
  void acceptsWhatWasSigned() {
    RequestCheck check = verifier.check(request(signed.fields()));

    assertThat(check)
        .isEqualTo(
            new RequestCheck.Verified(
                key.publicKey(),
                signed.nonce(),
                NOW.plus(Duration.ofMinutes(2)),
                signed.requestHash()));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /v1/login, a=b&c=%20, '{\"a\":1}'",
    "POST, /v1/logout, a=b&c=%20, '{\"a\":1}'",
    "POST, /v1/login, a=b&c=d, '{\"a\":1}'",
    "POST, /v1/login, '', '{\"a\":1}'",
    "POST, /v1/login, a=b&c=%20, '{\"a\":2}'",
    "POST, /v1/login, a=b&c=%20, ''",
  })
  void refusesAnyOtherRequest(String method, String path, String query, String body) {
    HttpRequestParts other =
        new HttpRequestParts(
            method, path, query, signed.fields(), Bytes.of(body.getBytes(StandardCharsets.UTF_8)));

    assertThat(verifier.check(other)).isInstanceOf(RequestCheck.Refused.class);
  }

  @Test
  void refusesWhatWasSignedForAnotherServer() {
    ServerId other = ServerId.random();
    var elsewhere = RequestSigning.sign(key, other, "POST", "/v1/login", "a=b&c=%20", BODY, NOW);

    assertThat(verifier.check(request(elsewhere.fields())))
        .isEqualTo(new RequestCheck.WrongServer(other.toString()));
  }

  @Test
  void refusesAServerFieldPutInLater() {
    var elsewhere =
        RequestSigning.sign(key, ServerId.random(), "POST", "/v1/login", "a=b&c=%20", BODY, NOW);
    Map<String, String> fields = new HashMap<>(elsewhere.fields());
    fields.put(RequestSigning.SERVER_FIELD, server.toString());

    assertThat(verifier.check(request(fields))).isInstanceOf(RequestCheck.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"-121, false", "-120, true", "0, true", "120, true", "121, false"})
  void takesTwoMinutesEitherWay(long seconds, boolean taken) {
    var then =
        RequestSigning.sign(
            key, server, "POST", "/v1/login", "a=b&c=%20", BODY, NOW.plusSeconds(seconds));

    assertThat(verifier.check(request(then.fields())))
        .isInstanceOf(taken ? RequestCheck.Verified.class : RequestCheck.OutOfTime.class);
  }

  @Test
  void anUnsignedRequestIsUnsigned() {
    assertThat(verifier.check(request(Map.of()))).isEqualTo(new RequestCheck.Unsigned());
  }

  @Test
  void refusesAnotherKeysName() {
    String own = Base64Url.encode(key.publicKey().value());
    String other = Base64Url.encode(SigningKey.generate().publicKey().value());

    assertRefused(input -> input.replace(own, other));
  }

  @Test
  void refusesEveryOtherProfile() {
    assertRefused(input -> input.replace("\"@query\" ", ""));
    assertRefused(input -> input.replace("\"@method\" \"@path\"", "\"@path\" \"@method\""));
    assertRefused(input -> input.replace("\"@path\"", "\"@path\";req"));
    assertRefused(input -> input.replace("ed25519", "hmac-sha256"));
    assertRefused(input -> input.replace("tidelock/v1", "other"));
    assertRefused(input -> input.replaceAll(";nonce=\"[^\"]*\"", ""));
    assertRefused(input -> input.replaceAll(";nonce=\"[^\"]*\"", ";nonce=\"AAAA\""));
    assertRefused(input -> input.replaceAll(";nonce=\"[^\"]*\"", ";nonce=\"A A\""));
    assertRefused(input -> input.replaceAll("created=[0-9]+", "created=\"1\""));
    assertRefused(input -> input.replaceAll("created=[0-9]+", "created=1.5"));
    assertRefused(input -> input + ";expires=1");
    assertRefused(input -> input + ", second=(\"@method\")");
    assertRefused(input -> input.replaceFirst("tidelock=", "other="));
    assertRefused(input -> "(((");
    assertRefused(input -> "tidelock=1");
    assertRefused(input -> input.replaceAll("keyid=\"[^\"]*\"", "keyid=\"AAAA\""));
  }

  private void assertRefused(UnaryOperator<String> change) {
    Map<String, String> fields = new HashMap<>(signed.fields());
    fields.compute(RequestSigning.INPUT_FIELD, (_, input) -> change.apply(String.valueOf(input)));
    assertThat(verifier.check(request(fields)))
        .as(fields.get(RequestSigning.INPUT_FIELD))
        .isInstanceOf(RequestCheck.Refused.class);
  }

  private static HttpRequestParts request(Map<String, String> fields) {
    return new HttpRequestParts("POST", "/v1/login", "a=b&c=%20", fields, BODY);
  }
}
