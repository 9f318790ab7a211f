package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.protocol.wire.Session;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.app.Server;
import org.tidelock.server.testing.ChannelWire;
import org.tidelock.server.testing.EventSocket;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;

/** The steps of document 001 that make, open and close an account. */
class Document001Test {

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
  void register() {
    Person alice = new Person(wire, "alice");
    Person.Device phone = alice.newDevice();

    var accepted = phone.register();
    assertThat(accepted.status()).isEqualTo(202);
    var created =
        phone.verify(accepted.as(Registration.Started.class), server.codeFor(alice.contact));
    assertThat(created.status()).isEqualTo(201);

    Session.Opened opened = created.as(Session.Opened.class);
    assertThat(opened.account()).isEqualTo(alice.id);
    assertThat(opened.proof().proves(alice.entry, wire.info().server(), wire.info().signingKey()))
        .isTrue();
    Session.WhoAmI who =
        phone.get("/v1/me", opened.tokens().accessToken()).as(Session.WhoAmI.class);
    assertThat(who.name()).isEqualTo(alice.name);
    assertThat(who.device()).isEqualTo(phone.id);
  }

  @Test
  void loginInFourMessagesWithTwoNonces() {
    Person bob = new Person(wire, "bob");
    bob.register(server);
    Person.Device laptop = bob.newDevice();

    Login.Granted granted = laptop.login().as(Login.Granted.class);
    assertThat(granted.account()).isEqualTo(bob.id);
    assertThat(granted.entry()).isEqualTo(bob.entry);
    assertThat(granted.proof().proves(bob.entry, wire.info().server(), wire.info().signingKey()))
        .isTrue();
    // The password alone opens nothing but the session challenge.
    assertThat(laptop.get("/v1/devices", granted.token()).problem())
        .isEqualTo(ProblemCode.TOKEN_NOT_ENOUGH);
    Session.Tokens tokens = laptop.openSession(granted.token()).as(Session.Tokens.class);
    assertThat(laptop.get("/v1/devices", tokens.accessToken()).status()).isEqualTo(200);
  }

  @Test
  void keyRenewalInThreeExchanges() {
    Person carol = new Person(wire, "carol");
    Person.Registered registered = carol.register(server);
    Person.Device phone = registered.device();
    Person.Device laptop = carol.newDevice();
    Session.Tokens onLaptop = laptop.session();

    KeyLogEntry before = carol.entry;
    SigningKey newSigning = SigningKey.generate();
    EncryptionKey newEncryption = EncryptionKey.generate(Suite.X_WING);
    carol.entry =
        before.next(
            wire.info().server(),
            carol.signing,
            newSigning,
            newEncryption.publicKey(),
            carol.now());
    carol.signing = newSigning;
    carol.encryption = newEncryption;
    var request =
        new AccountChange.KeyRenewal(
            carol.entry,
            carol.now(),
            carol
                .password
                .authKey()
                .sign(AccountStatements.keyRenewal(wire.info().server(), carol.entry, carol.now())),
            phone.certificate());
    AccountChange.Renewed renewed =
        phone.post("/v1/me/keys", registered.token(), request).as(AccountChange.Renewed.class);

    assertThat(renewed.proof().proves(carol.entry, wire.info().server(), wire.info().signingKey()))
        .isTrue();
    // Every device has to log in again but this one, which has a new session.
    assertThat(phone.get("/v1/me", registered.token()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
    assertThat(laptop.get("/v1/me", onLaptop.accessToken()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
    Token fresh = renewed.tokens().accessToken();
    assertThat(phone.get("/v1/me", fresh).as(Session.WhoAmI.class).generation()).isEqualTo(2);
    Directory.Log log = phone.get("/v1/people/carol/log", fresh).as(Directory.Log.class);
    assertThat(log.entries())
        .extracting(Directory.Logged::entry)
        .containsExactly(before, carol.entry);
    assertThat(laptop.session()).isNotNull();
    // The same renewal once more is not the next one.
    assertThat(phone.post("/v1/me/keys", fresh, request).problem())
        .isEqualTo(ProblemCode.VERSION_CONFLICT);
  }

  @Test
  void keyRenewalWithAnAuthSignatureOlderThanFiveMinutesIsRefused() {
    Person dave = new Person(wire, "dave");
    Person.Registered registered = dave.register(server);
    KeyLogEntry next =
        dave.entry.next(
            wire.info().server(),
            dave.signing,
            SigningKey.generate(),
            dave.encryption.publicKey(),
            dave.now());
    var old = dave.now().minus(Duration.ofMinutes(6));
    var certificate = new Person(wire, "somebody").newDevice().certificate();
    var device =
        new DeviceCertificate(
            dave.id,
            2,
            registered.device().id,
            registered.device().key.publicKey(),
            certificate.name(),
            dave.now(),
            certificate.signature());
    var request =
        new AccountChange.KeyRenewal(
            next,
            old,
            dave.password
                .authKey()
                .sign(AccountStatements.keyRenewal(wire.info().server(), next, old)),
            device);
    assertThat(registered.device().post("/v1/me/keys", registered.token(), request).problem())
        .isEqualTo(ProblemCode.CHANGE_REFUSED);
  }

  @Test
  void logout() {
    Person erin = new Person(wire, "erin");
    Person.Registered registered = erin.register(server);
    Person.Device laptop = erin.newDevice();
    Session.Tokens onLaptop = laptop.session();

    assertThat(registered.device().delete("/v1/session", registered.token()).status())
        .isEqualTo(204);
    assertThat(registered.device().get("/v1/me", registered.token()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
    assertThat(
            wire.signed(
                    registered.device().key,
                    "POST",
                    "/v1/session/refresh",
                    null,
                    new Session.Refresh(registered.opened().tokens().refreshToken()))
                .problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
    assertThat(laptop.get("/v1/me", onLaptop.accessToken()).status()).isEqualTo(200);

    assertThat(laptop.delete("/v1/sessions", onLaptop.accessToken()).status()).isEqualTo(204);
    assertThat(laptop.get("/v1/me", onLaptop.accessToken()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
  }

  @Test
  void onlineUsers() throws Exception {
    Person frank = new Person(wire, "frank");
    Person.Registered onPhone = frank.register(server);
    Person grace = new Person(wire, "grace");
    Person.Registered watcher = grace.register(server);
    onPhone
        .device()
        .put("/v1/presence", onPhone.token(), new Presence.Setting(Presence.Visibility.EVERYONE));

    try (EventSocket seen = watcher.device().events(watcher.token())) {
      try (EventSocket frankOnline = onPhone.device().events(onPhone.token())) {
        Presence.Event came = seen.next();
        assertThat(came.change()).isEqualTo(Presence.Change.ONLINE);
        assertThat(came.account()).isEqualTo(frank.id);
        Presence.Online online =
            watcher.device().get("/v1/presence/online", watcher.token()).as(Presence.Online.class);
        assertThat(online.people())
            .containsExactly(new Presence.Person(frank.id, frank.name, frank.now()));

        // Logout turns presence off and closes the socket.
        onPhone.device().delete("/v1/session", onPhone.token());
        assertThat(frankOnline.closedWith()).isEqualTo(1008);
        assertThat(seen.next())
            .isEqualTo(
                new Presence.Event(Presence.Change.OFFLINE, frank.id, frank.name, frank.now()));
      }
      assertThat(
              watcher
                  .device()
                  .get("/v1/presence/online", watcher.token())
                  .as(Presence.Online.class)
                  .people())
          .isEmpty();
    }
  }

  @Test
  void handshakeAndWhatFollowsUnderAKeyOfTheServers() throws Exception {
    Wire channelWire = server.wire();
    ChannelWire channel = channelWire.throughChannel();
    // The whole of a registration and a login, each exchange under a key of its own.
    Person heidi = new Person(channelWire, "heidi");
    Person.Registered registered = heidi.register(server);
    Session.Tokens tokens = heidi.newDevice().session();
    assertThat(registered.device().get("/v1/me", tokens.accessToken()).status()).isEqualTo(200);
    // Whoever ends TLS sees one path and bytes.
    assertThat(channel.pathsSeen()).containsOnly("/v1/channel");
    assertThat(channel.bytesSeen())
        .noneMatch(seen -> seen.contains("heidi") || seen.contains(tokens.accessToken().reveal()));
    // The gates are the same inside.
    assertThat(registered.device().get("/v1/nothing", registered.token()).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(channelWire.send("GET", "/v1/me", null, null).problem())
        .isEqualTo(ProblemCode.TOKEN_MISSING);
  }

  @Test
  void anEncapsulatedRequestIsTakenOnceAndOnlyInTime() throws Exception {
    Wire channelWire = server.wire();
    ChannelWire channel = channelWire.throughChannel();
    assertThat(channelWire.send("GET", "/v1/server", null, null).status()).isEqualTo(200);
    assertThat(channel.replayLast().problem()).isEqualTo(ProblemCode.REPLAYED);
    channel.dateIsOffBy(Duration.ofMinutes(-3));
    assertThat(channelWire.send("GET", "/v1/server", null, null).problem())
        .isEqualTo(ProblemCode.CLOCK_OUT_OF_RANGE);
    byte[] noise = new byte[200];
    var refused = wire.raw("POST", "/v1/channel", "message/ohttp-req", noise);
    assertThat(refused.problem()).isEqualTo(ProblemCode.INVALID_FIELD);
  }

  @Test
  void anyNodeAnswersWhatCameThroughTheChannel() throws Exception {
    try (Server second = server.anotherNode()) {
      Wire one = server.wire();
      ChannelWire channel = one.throughChannel();
      assertThat(one.send("GET", "/v1/server", null, null).status()).isEqualTo(200);
      channel.goOnAt("https://localhost:" + second.port());
      assertThat(one.send("GET", "/v1/server", null, null).status()).isEqualTo(200);
      // What one node took, another does not take again.
      assertThat(channel.replayLast().problem()).isEqualTo(ProblemCode.REPLAYED);
    }
  }
}
