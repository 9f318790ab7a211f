package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.signing.RequestSigning.SignedRequest;
import org.tidelock.protocol.statement.SessionProof;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Devices;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Session;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;

/** How long tokens live, what ends them, and that nothing works twice. */
class TokensTest {

  private static RunningServer server;
  private static Wire wire;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    wire = server.wire();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void accessEndsAfterFifteenMinutesAndRefreshBringsMore() {
    Person alice = new Person(wire, "alice");
    Person.Registered registered = alice.register(server);
    server.clock().move(Duration.ofMinutes(15));
    assertThat(registered.device().get("/v1/me", registered.token()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
    Session.Tokens next = refresh(registered, registered.opened().tokens().refreshToken());
    assertThat(registered.device().get("/v1/me", next.accessToken()).status()).isEqualTo(200);
  }

  @Test
  void aRefreshTokenUsedTwiceEndsTheWholeFamily() {
    Person bob = new Person(wire, "bob");
    Person.Registered registered = bob.register(server);
    Token first = registered.opened().tokens().refreshToken();
    Session.Tokens next = refresh(registered, first);
    assertThat(refreshAnswer(registered, first).problem()).isEqualTo(ProblemCode.TOKEN_INVALID);
    assertThat(registered.device().get("/v1/me", next.accessToken()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
    assertThat(refreshAnswer(registered, next.refreshToken()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
  }

  @Test
  void aStolenTokenIsWorthNothingWithoutTheDevicesKey() {
    Person carol = new Person(wire, "carol");
    Person.Registered registered = carol.register(server);
    assertThat(
            wire.signed(SigningKey.generate(), "DELETE", "/v1/sessions", registered.token(), null)
                .problem())
        .isEqualTo(ProblemCode.SIGNATURE_INVALID);
  }

  @Test
  void aReplayedRequestIsRefused() {
    Person dave = new Person(wire, "dave");
    Person.Registered registered = dave.register(server);
    byte[] none = new byte[0];
    SignedRequest signed =
        wire.sign(registered.device().key, "POST", "/v1/session/challenge", none);
    assertThat(
            wire.sendSigned(signed, "POST", "/v1/session/challenge", registered.token(), none)
                .status())
        .isEqualTo(200);
    assertThat(
            wire.sendSigned(signed, "POST", "/v1/session/challenge", registered.token(), none)
                .problem())
        .isEqualTo(ProblemCode.REPLAYED);
    server.clock().move(Duration.ofSeconds(121));
    assertThat(
            wire.sendSigned(signed, "POST", "/v1/session/challenge", registered.token(), none)
                .problem())
        .isEqualTo(ProblemCode.CLOCK_OUT_OF_RANGE);
  }

  @Test
  void aSignatureCoversMethodPathAndBody() {
    Person erin = new Person(wire, "erin");
    Person.Registered registered = erin.register(server);
    byte[] none = new byte[0];
    SignedRequest signed =
        wire.sign(registered.device().key, "POST", "/v1/session/challenge", none);
    assertThat(
            wire.sendSigned(signed, "DELETE", "/v1/sessions", registered.token(), none).problem())
        .isEqualTo(ProblemCode.SIGNATURE_INVALID);
    assertThat(wire.send("DELETE", "/v1/sessions", registered.token(), null).problem())
        .isEqualTo(ProblemCode.SIGNATURE_MISSING);
  }

  @Test
  void anUnknownNameIsAnsweredLikeAKnownOne() {
    AccountName nobody = new AccountName("nobody-here");
    Login.Prelogin question = new Login.Prelogin(nobody);
    var first = wire.send("POST", "/v1/prelogin", null, question).as(Login.PreloginReply.class);
    var second = wire.send("POST", "/v1/prelogin", null, question).as(Login.PreloginReply.class);
    assertThat(first).isEqualTo(second);
    Person stranger = new Person(wire, "nobody-here");
    assertThat(stranger.newDevice().login().problem()).isEqualTo(ProblemCode.LOGIN_REFUSED);
    Person known = new Person(wire, "somebody-here");
    known.register(server);
    known.password = Person.freshPassword();
    assertThat(known.newDevice().login().text()).isEqualTo(stranger.newDevice().login().text());
  }

  @Test
  void aLoginChallengeIsGoodForOneAnswerWithinAMinute() {
    Person frank = new Person(wire, "frank");
    frank.register(server);
    Person.Device device = frank.newDevice();
    var challenge =
        wire.signed(
                device.key,
                "POST",
                "/v1/logins",
                null,
                new Login.Start(
                    frank.name,
                    RandomBytes.ofLength(32),
                    device.id,
                    device.key.publicKey(),
                    new DeviceName("x")))
            .as(Login.Challenge.class);
    server.clock().move(Duration.ofSeconds(60));
    var late =
        new Login.Finish(
            challenge.login(), frank.password.authKey().signRaw(RandomBytes.ofLength(8)));
    assertThat(wire.signed(device.key, "POST", "/v1/logins/finish", null, late).problem())
        .isEqualTo(ProblemCode.LOGIN_REFUSED);
  }

  @Test
  void aWrongSessionAnswerUsesTheChallengeUp() {
    Person grace = new Person(wire, "grace");
    grace.register(server);
    Person.Device device = grace.newDevice();
    Token token = device.login().as(Login.Granted.class).token();
    Session.Challenge challenge =
        device.postNothing("/v1/session/challenge", token).as(Session.Challenge.class);
    var wrong =
        new Session.Answer(challenge.challenge(), RandomBytes.ofLength(32), device.certificate());
    assertThat(device.post("/v1/session", token, wrong).problem())
        .isEqualTo(ProblemCode.SESSION_REFUSED);
    SessionProof proof =
        new SessionProof(
            wire.info().server(),
            grace.id,
            device.id,
            device.key.publicKey(),
            challenge.challenge());
    Opening.Opened opened = (Opening.Opened) proof.open(grace.encryption, challenge.sealed());
    var right =
        new Session.Answer(
            challenge.challenge(),
            proof.code(opened.plaintext(), challenge.sealed()),
            device.certificate());
    assertThat(device.post("/v1/session", token, right).problem())
        .isEqualTo(ProblemCode.SESSION_REFUSED);
  }

  @Test
  void aRemovedDeviceIsLoggedOutAtOnce() {
    Person heidi = new Person(wire, "heidi");
    Person.Registered registered = heidi.register(server);
    Person.Device lost = heidi.newDevice();
    Session.Tokens onLost = lost.session();
    Devices devices = registered.device().get("/v1/devices", registered.token()).as(Devices.class);
    assertThat(devices.devices()).hasSize(2);

    assertThat(registered.device().delete("/v1/devices/" + lost.id, registered.token()).status())
        .isEqualTo(204);
    assertThat(lost.get("/v1/me", onLost.accessToken()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
    assertThat(registered.device().delete("/v1/devices/" + lost.id, registered.token()).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
  }

  private static Session.Tokens refresh(Person.Registered who, Token token) {
    return refreshAnswer(who, token).as(Session.Tokens.class);
  }

  private static Wire.Answer refreshAnswer(Person.Registered who, Token token) {
    return wire.signed(
        who.device().key, "POST", "/v1/session/refresh", null, new Session.Refresh(token));
  }
}
