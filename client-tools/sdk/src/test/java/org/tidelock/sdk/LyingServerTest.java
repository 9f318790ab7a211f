package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.channel.ChannelKey;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogHead;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.suite.Aead;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.Hpke;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Session;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.sdk.LyingProxy.Passed;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.ServerPin;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.StoredPeople;
import org.tidelock.server.testing.RunningServer;

/** Lies of the server, each noticed by the client and told clearly. */
@SuppressWarnings("NullAway.Init") // Started before the tests.
class LyingServerTest {

  private static RunningKeyServer both;
  private static RunningServer server;
  private static int people;

  private LyingProxy liar;
  private Client client;

  @BeforeAll
  static void startServer() throws Exception {
    both = RunningKeyServer.start();
    server = both.server();
  }

  @AfterAll
  static void stopServer() {
    both.close();
  }

  @BeforeEach
  void start() throws Exception {
    liar = LyingProxy.before(server);
    client = Client.registered(server, "victim-" + people++);
    client.reconnect(liar.pin(client.pin()));
  }

  @AfterEach
  void stop() {
    client.close();
    liar.close();
  }

  @Test
  void noticesAnotherKeyOfTheApplicationChannel() {
    liar.lieAbout(
        "/v1/channel/keys",
        honest -> {
          try (EncryptionKey own = EncryptionKey.generate(Suite.X25519)) {
            return new Passed(
                200, new ChannelKey(1, own.publicKey(), List.of(Aead.AES_256_GCM)).asList());
          }
        });
    assertThatThrownBy(client::throughChannel)
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining("not signed by the server");
  }

  @Test
  void noticesAnAnswerThatDidNotComeThroughTheApplicationChannel() throws IOException {
    client.throughChannel();
    client.granted(client.account().whoAmI());
    liar.lieAbout(
        "/v1/channel",
        honest -> {
          byte[] altered = honest.body().toArray();
          altered[altered.length - 1] ^= 1;
          return new Passed(honest.status(), Bytes.of(altered));
        });
    assertThatThrownBy(() -> client.account().whoAmI())
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining("application channel");
  }

  @Test
  void anHonestProxyIsNotNoticed() throws IOException {
    client.granted(client.account().logOut());
    client.granted(client.logIn().logIn(Client.password()));

    assertThat(client.granted(client.account().whoAmI()).name()).isEqualTo(client.name);
  }

  @Test
  void anotherCertificateIsRefusedWithBothFingerprints() throws Exception {
    try (RunningServer other = RunningServer.start()) {
      ServerPin pinned = client.pin();
      client.reconnect(
          new ServerPin(
              "https://localhost:" + other.server().port(), pinned.certificate(), pinned.info()));

      assertThatThrownBy(() -> client.account().whoAmI())
          .isInstanceOf(LyingServerException.class)
          .hasMessageContaining("certificate is not the one it had when it was first met")
          .hasMessageContaining(pinned.certificate().toHex());
    }
  }

  @Test
  void anAnswerChangedOnTheWayIsRefused() {
    liar.lacksTheSigningKey();
    liar.lieAbout(
        "/v1/logins", changing(Login.Challenge.class, challenge -> with(challenge, strong())));

    assertThatThrownBy(() -> client.logIn().logIn(Client.password()))
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining("no receipt");
  }

  @Test
  void aLoweredCostIsRefused() {
    PasswordKdf cheap = PasswordKdf.fresh(new Argon2Cost(19 * 1024, 2, 1));
    liar.lieAbout(
        "/v1/logins", changing(Login.Challenge.class, challenge -> with(challenge, cheap)));

    assertThatThrownBy(() -> client.logIn().logIn(Client.password()))
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining("cheaper derivation");
  }

  @Test
  void aRolledBackPasswordVersionIsRefused() throws IOException {
    var identity = client.home.identity().orElseThrow();
    client.home.keep(identity.loggedIn(identity.session().getFirst(), identity.kdf(), 2));

    assertThatThrownBy(() -> client.logIn().logIn(Client.password()))
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining("password 1 is valid; it said 2 before");
  }

  @Test
  void aMessageSentAsASessionChallengeIsRefused() throws IOException {
    Bytes message =
        Hpke.seal(
            client.home.identity().orElseThrow().entry().encryptionKey(),
            Bytes.of("tidelock/v1/message".getBytes(StandardCharsets.US_ASCII)),
            Bytes.of(new byte[0]),
            SecretBytes.random(32));
    liar.lieAbout(
        "/v1/session/challenge",
        changing(
            Session.Challenge.class,
            challenge ->
                new Session.Challenge(challenge.challenge(), 1, message, challenge.expiresAt())));

    assertThatThrownBy(() -> client.logIn().logIn(Client.password()))
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining("session challenge");
  }

  @Test
  void swappedKeysAreRefused() throws IOException {
    try (Client peer = Client.registered(server, "peer-" + people++)) {
      KeyLogEntry forged = entry(peer.granted(peer.account().whoAmI()).account());
      liar.lieAbout(
          "/v1/people/" + peer.name,
          changing(
              Directory.Person.class,
              person ->
                  new Directory.Person(
                      person.account(), person.name(), forged, person.proof(), List.of())));

      assertNoticed(peer.name, "does not prove");
    }
  }

  /** Even where the server puts the false keys into a log of its own making and signs its head. */
  @Test
  void aLowerSuiteThanPinnedIsRefusedEvenIfItIsApproved() throws IOException {
    try (Client peer = Client.registered(server, "peer-" + people++);
        SigningKey first = peer.home.identity().orElseThrow().signingKey();
        SigningKey second = SigningKey.generate();
        SigningKey third = SigningKey.generate();
        EncryptionKey higher = EncryptionKey.generate(Suite.X_WING);
        EncryptionKey lower = EncryptionKey.generate(Suite.X25519)) {
      KeyLogEntry pinned =
          peer.home
              .identity()
              .orElseThrow()
              .entry()
              .next(liar.server(), first, second, higher.publicKey(), Instant.EPOCH);
      KeyLogEntry downgrade =
          pinned.next(liar.server(), second, third, lower.publicKey(), Instant.EPOCH);
      client.home.keep(StoredPeople.NOBODY.met(peer.name, pinned));
      KeyLogProof proof =
          new KeyLogProof(
              0,
              List.of(),
              KeyLogHead.sign(
                  liar.server(), liar.serverKey(), 1, downgrade.leafHash(), Instant.EPOCH));
      liar.lieAbout(
          "/v1/people/" + peer.name,
          changing(
              Directory.Person.class,
              person ->
                  new Directory.Person(
                      person.account(), person.name(), downgrade, proof, List.of())));
      liar.lieAbout(
          "/v1/people/" + peer.name + "/log",
          changing(
              Directory.Log.class,
              log -> new Directory.Log(List.of(new Directory.Logged(downgrade, proof)))));

      assertNoticed(peer.name, "suite 2 was seen before");
    }
  }

  @Test
  void swappedKeysInASecondLogAreRefused() throws IOException {
    try (Client peer = Client.registered(server, "peer-" + people++)) {
      KeyLogEntry forged = entry(peer.granted(peer.account().whoAmI()).account());
      liar.lieAbout(
          "/v1/people/" + peer.name,
          changing(
              Directory.Person.class,
              person ->
                  new Directory.Person(
                      person.account(),
                      person.name(),
                      forged,
                      new KeyLogProof(
                          0,
                          List.of(),
                          KeyLogHead.sign(
                              liar.server(),
                              liar.serverKey(),
                              1,
                              forged.leafHash(),
                              Instant.EPOCH)),
                      List.of())));

      assertNoticed(peer.name, "shorter than when last seen");
    }
  }

  @Test
  void keysThatReplaceKnownOnesWithoutApprovalAreRefused() throws IOException {
    try (Client peer = Client.registered(server, "peer-" + people++)) {
      client.granted(client.people().find(peer.name));
      var known = client.home.people().known(peer.name).orElseThrow();
      client.home.keep(client.home.people().met(peer.name, entry(known.account())));

      assertNoticed(peer.name, "older keys");
    }
  }

  @Test
  void aPersonUnderAnotherNameIsRefused() throws IOException {
    try (Client peer = Client.registered(server, "peer-" + people++)) {
      liar.lieAbout(
          "/v1/people/" + peer.name,
          changing(
              Directory.Person.class,
              person ->
                  new Directory.Person(
                      person.account(),
                      new AccountName("other"),
                      person.entry(),
                      person.proof(),
                      person.devices())));

      assertNoticed(peer.name, "somebody else");
    }
  }

  @Test
  void whatIsNoAnswerIsRefused() {
    liar.lieAbout(
        "/v1/me", _ -> new Passed(200, Bytes.of("{}".getBytes(StandardCharsets.US_ASCII))));

    assertThatThrownBy(() -> client.account().whoAmI())
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining("account is missing");
  }

  @Test
  void aServerThatIsGoneIsUnreachable() throws IOException {
    ServerPin pin = client.pin();
    liar.close();
    try (ServerConnection gone = ServerConnection.to(pin, server.clock());
        SigningKey key = SigningKey.generate()) {
      assertThatThrownBy(() -> gone.send(key, Request.get("/v1/server"), Session.WhoAmI.class))
          .isInstanceOf(UnreachableException.class);
    }
  }

  private void assertNoticed(AccountName name, String words) {
    assertThatThrownBy(() -> client.people().find(name))
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining(words);
  }

  /** Keys of the liar's own for somebody's account, rightly signed by themselves. */
  private KeyLogEntry entry(AccountId account) {
    return KeyLogEntry.first(
        liar.server(),
        account,
        SigningKey.generate(),
        EncryptionKey.generate(Suite.X25519).publicKey(),
        Instant.EPOCH);
  }

  private static PasswordKdf strong() {
    return PasswordKdf.fresh(Argon2Cost.DEFAULT);
  }

  private static Login.Challenge with(Login.Challenge challenge, PasswordKdf kdf) {
    return new Login.Challenge(
        challenge.login(), challenge.serverNonce(), kdf, challenge.expiresAt());
  }

  private static <T> UnaryOperator<Passed> changing(Class<T> type, UnaryOperator<T> change) {
    return honest ->
        switch (WireJson.read(honest.body().toArray(), type)) {
          case WireJson.Reading.Read<T>(T value) ->
              new Passed(honest.status(), Bytes.of(WireJson.write(change.apply(value))));
          default -> honest;
        };
  }
}
