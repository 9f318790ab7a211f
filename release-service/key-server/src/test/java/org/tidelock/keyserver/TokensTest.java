package org.tidelock.keyserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.keyserver.app.KeyServer;
import org.tidelock.keyserver.testing.KeyOwner;
import org.tidelock.keyserver.testing.KeyServerContract;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.signing.RequestSigning.SignedRequest;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.Wire;
import org.tidelock.server.testing.Wire.Answer;
import org.tidelock.service.http.ServerCertificate;

/** What a token at the key server is good for, and how it is found out. */
class TokensTest {

  private static RunningKeyServer running;

  @BeforeAll
  static void start() throws Exception {
    running = RunningKeyServer.start();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static KeyOwner somebody() {
    return KeyOwner.registered(running, "p" + UUID.randomUUID().toString().substring(0, 8));
  }

  @Test
  void aTokenForTheServerIsGoodForNothingHere() {
    KeyOwner owner = somebody();
    assertThat(owner.answered(owner.accessToken()).problem()).isEqualTo(ProblemCode.TOKEN_INVALID);
    assertThat(owner.put(owner.accessToken(), owner.wrapped()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
  }

  @Test
  void aTokenIsGoodOnce() {
    KeyOwner owner = somebody();
    Token token = owner.token(Action.READ);
    assertThat(owner.answered(token).status()).isEqualTo(200);
    assertThat(owner.answered(token).problem()).isEqualTo(ProblemCode.TOKEN_INVALID);
  }

  @Test
  void aTokenIsGoodForAMinute() {
    KeyOwner owner = somebody();
    Token late = owner.token(Action.READ);
    Token inTime = owner.token(Action.READ);
    running.server().clock().move(Duration.ofSeconds(59));
    assertThat(owner.answered(inTime).status()).isEqualTo(200);
    running.server().clock().move(Duration.ofSeconds(1));
    assertThat(owner.answered(late).problem()).isEqualTo(ProblemCode.TOKEN_INVALID);
  }

  @Test
  void aTokenToReadDoesNotWrite() {
    KeyOwner owner = somebody();
    assertThat(owner.put(owner.token(Action.READ), owner.wrapped()).problem())
        .isEqualTo(ProblemCode.TOKEN_NOT_ENOUGH);
    assertThat(owner.fetched()).isEmpty();
  }

  @Test
  void whoOnlyKnowsThePasswordGetsNoTokenToWrite() {
    KeyOwner owner = somebody();
    Person.Device laptop = owner.person.newDevice();
    Token login = laptop.login().as(Login.Granted.class).token();
    assertThat(
            laptop
                .post("/v1/key-server-tokens", login, new KeyServing.TokenRequest(Action.WRITE))
                .problem())
        .isEqualTo(ProblemCode.TOKEN_NOT_ENOUGH);
  }

  @Test
  void aTokenEndsWithItsSession() {
    KeyOwner owner = somebody();
    Token token = owner.token(Action.READ);
    assertThat(owner.device.delete("/v1/session", owner.accessToken()).status()).isEqualTo(204);
    assertThat(owner.answered(token).problem()).isEqualTo(ProblemCode.TOKEN_INVALID);
  }

  @Test
  void aForeignAccountInTheBodyCountsForNothing() {
    KeyOwner victim = somebody();
    assertThat(victim.put(victim.token(Action.WRITE), victim.wrapped()).status()).isEqualTo(204);
    KeyOwner thief = somebody();
    // Records that say they are the victim's, well made, under a password of the thief's.
    List<WrappedKey> forged =
        List.of(thief.person.password.wrap(thief.person.accountKey, victim.person.id, 2));

    assertThat(thief.put(thief.token(Action.WRITE), forged).problem())
        .isEqualTo(ProblemCode.INVALID_FIELD);

    assertThat(thief.fetched()).isEmpty();
    assertThat(victim.fetched()).containsExactlyInAnyOrderElementsOf(victim.wrapped());
  }

  @Test
  void aWriteIsSignedByTheDeviceThatTheTokenWasGivenTo() {
    KeyOwner owner = somebody();
    Wire wire = running.wire();
    Answer bySomebodyElse =
        wire.signed(
            SigningKey.generate(),
            "POST",
            "/v1/records",
            owner.token(Action.WRITE),
            new KeyServing.Records(owner.wrapped()));
    assertThat(bySomebodyElse.problem()).isEqualTo(ProblemCode.SIGNATURE_INVALID);
    assertThat(
            wire.send(
                    "POST",
                    "/v1/records",
                    owner.token(Action.WRITE),
                    new KeyServing.Records(owner.wrapped()))
                .problem())
        .isEqualTo(ProblemCode.SIGNATURE_MISSING);
    assertThat(owner.fetched()).isEmpty();
  }

  @Test
  void aRequestIsServedOnce() {
    KeyOwner owner = somebody();
    Wire wire = running.wire();
    byte[] body = Wire.bytes(new KeyServing.Records(owner.wrapped()));
    SignedRequest signed = wire.sign(owner.device.key, "POST", "/v1/records", body);
    assertThat(
            wire.sendSigned(signed, "POST", "/v1/records", owner.token(Action.WRITE), body)
                .status())
        .isEqualTo(204);
    assertThat(
            wire.sendSigned(signed, "POST", "/v1/records", owner.token(Action.WRITE), body)
                .problem())
        .isEqualTo(ProblemCode.REPLAYED);
  }

  @Test
  void aRequestForTheServerIsRefusedHere() {
    KeyOwner owner = somebody();
    byte[] body = Wire.bytes(new KeyServing.Records(owner.wrapped()));
    SignedRequest meant =
        running.server().wire().sign(owner.device.key, "POST", "/v1/records", body);
    assertThat(
            running
                .wire()
                .sendSigned(meant, "POST", "/v1/records", owner.token(Action.WRITE), body)
                .problem())
        .isEqualTo(ProblemCode.WRONG_SERVER);
  }

  @Test
  void anIntrospectionThatGetsNoAnswerIsToldAsSuch() throws Exception {
    KeyOwner owner = somebody();
    Token token = owner.token(Action.READ);
    try (KeyServer astray =
        running.start(List.of("--port=0", "--introspection-address=https://localhost:1"))) {
      Answer answer = running.wireTo(astray).send("GET", "/v1/records", token, null);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.problem()).isEqualTo(ProblemCode.TOKENS_UNCHECKED);
      assertThat(answer.text()).contains("the server that knows the tokens does not answer");
    }
    // Nobody was asked, so the token is as good as it was.
    assertThat(owner.answered(token).status()).isEqualTo(200);
  }

  @Test
  void theKeyServerTellsTokensToNobodyButItsServer(@TempDir Path folder) throws Exception {
    KeyOwner owner = somebody();
    Token token = owner.token(Action.READ);
    Path another =
        ServerCertificate.keptIn(folder, "another", List.of("localhost"), InstantSource.system())
            .certificate();
    try (KeyServer misled = running.start(List.of("--port=0", "--server-certificate=" + another))) {
      assertThat(running.wireTo(misled).send("GET", "/v1/records", token, null).problem())
          .isEqualTo(ProblemCode.TOKENS_UNCHECKED);
    }
    assertThat(owner.answered(token).status()).isEqualTo(200);
  }

  @Test
  void aStrangersCertificateIsRefusedAtTheIntrospection(@TempDir Path folder) throws Exception {
    KeyOwner owner = somebody();
    Token token = owner.token(Action.READ);
    ServerCertificate stranger =
        ServerCertificate.keptIn(
            folder, "stranger", List.of("localhost", "127.0.0.1"), InstantSource.system());
    try (KeyServer impostor =
        running.start(
            List.of(
                "--port=0",
                "--certificate=" + stranger.certificate(),
                "--private-key=" + stranger.privateKey()))) {
      Wire wire =
          new Wire(
              "https://localhost:" + impostor.port(),
              stranger.certificate(),
              running.server().clock(),
              KeyServerContract.CONTRACT);
      assertThat(wire.send("GET", "/v1/records", token, null).problem())
          .isEqualTo(ProblemCode.TOKENS_UNCHECKED);
    }
    assertThat(owner.answered(token).status()).isEqualTo(200);
  }
}
