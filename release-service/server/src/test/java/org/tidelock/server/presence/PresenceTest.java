package org.tidelock.server.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.protocol.wire.Presence.Change;
import org.tidelock.protocol.wire.Presence.Visibility;
import org.tidelock.protocol.wire.Session;
import org.tidelock.server.app.Server;
import org.tidelock.server.testing.EventSocket;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;
import org.tidelock.service.db.TestDatabase;

/** Who sees whom online, and how that ends. */
class PresenceTest {

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
  void isOfflineAfter45SecondsWithoutAPong() throws Exception {
    Person.Registered alice = registered("expiry-alice", Visibility.EVERYONE);
    Person.Registered bob = registered("expiry-bob", Visibility.EVERYONE);
    try (EventSocket here = alice.device().events(alice.token())) {
      awaitOnline(bob, "expiry-alice");
      server.clock().move(Duration.ofSeconds(44));
      assertThat(online(bob)).contains("expiry-alice");
      server.clock().move(Duration.ofSeconds(1));
      assertThat(online(bob)).doesNotContain("expiry-alice");
      assertThat(here.closedWith()).isEqualTo(1008);
    }
  }

  @Test
  void twoNodesOnOneDatabaseBehaveAsOne() throws Exception {
    try (Server second = server.anotherNode()) {
      Wire other = server.wireTo(second);
      Person.Registered watcher = registered("nodes-bob", Visibility.NOBODY);
      Person alice = new Person(wire, "nodes-alice");
      alice.register(server);
      Person.Device phone = alice.newDevice();
      // Logged in and online on one node, seen on the other.
      Session.Tokens onPhone = phone.session();
      try (EventSocket seen = other.events(watcher.device().key, watcher.token())) {
        phone.put("/v1/presence", onPhone.accessToken(), new Presence.Setting(Visibility.EVERYONE));
        try (EventSocket here = phone.events(onPhone.accessToken())) {
          assertThat(eventOf(seen, alice).change()).isEqualTo(Change.ONLINE);
          assertThat(
                  other
                      .send("GET", "/v1/presence/online", watcher.token(), null)
                      .as(Presence.Online.class)
                      .people())
              .extracting(Presence.Person::account)
              .contains(alice.id);

          // Removed by another device on the other node: the socket on this one closes.
          Person.Device laptop = alice.newDevice();
          Session.Tokens onLaptop = laptop.session();
          assertThat(
                  other
                      .signed(
                          laptop.key,
                          "DELETE",
                          "/v1/devices/" + phone.id,
                          onLaptop.accessToken(),
                          null)
                      .status())
              .isEqualTo(204);
          assertThat(here.closedWith()).isEqualTo(1008);
          assertThat(eventOf(seen, alice).change()).isEqualTo(Change.OFFLINE);
          assertThat(phone.get("/v1/me", onPhone.accessToken()).problem())
              .isEqualTo(ProblemCode.TOKEN_INVALID);
        }
      }
    }
  }

  @Test
  void anAccountDeletedAtOneNodeGoesOfflineForItsWatchersAtAnother() throws Exception {
    try (Server second = server.anotherNode()) {
      Wire other = server.wireTo(second);
      Person.Registered contact = registered("gone-contact", Visibility.NOBODY);
      Person.Registered stranger = registered("gone-stranger", Visibility.NOBODY);
      Person alice = new Person(wire, "gone-alice");
      Person.Registered here = alice.register(server);
      Person.Registered loud = registered("gone-loud", Visibility.EVERYONE);
      here.device().putNothing("/v1/contacts/gone-contact", here.token());
      try (EventSocket seen = other.events(contact.device().key, contact.token());
          EventSocket unseen = other.events(stranger.device().key, stranger.token());
          EventSocket tablet = other.events(here.device().key, here.token());
          EventSocket phone = here.device().events(here.token())) {
        assertThat(eventOf(seen, alice).change()).isEqualTo(Change.ONLINE);

        delete(alice, here);

        assertThat(eventOf(seen, alice).change()).isEqualTo(Change.OFFLINE);
        assertThat(tablet.closedWith()).isEqualTo(1008);
        assertThat(phone.closedWith()).isEqualTo(1008);
        // Told after that, so nothing more is under way.
        try (EventSocket after = loud.device().events(loud.token())) {
          Presence.Event first = unseen.next();
          while (!first.name().value().startsWith("gone-")) {
            first = unseen.next();
          }
          assertThat(first.name().value()).isEqualTo("gone-loud");
          assertThat(after.soFar()).isEmpty();
        }
      }
    }
  }

  @Test
  void everybodyIsToldOfAnAccountThatEverybodySaw() throws Exception {
    Person.Registered watcher = registered("parted-bob", Visibility.NOBODY);
    Person alice = new Person(wire, "parted-alice");
    Person.Registered here = alice.register(server);
    set(here, Visibility.EVERYONE);
    try (EventSocket seen = watcher.device().events(watcher.token());
        EventSocket phone = here.device().events(here.token())) {
      assertThat(eventOf(seen, alice).change()).isEqualTo(Change.ONLINE);
      delete(alice, here);
      assertThat(eventOf(seen, alice).change()).isEqualTo(Change.OFFLINE);
      assertThat(phone.closedWith()).isEqualTo(1008);
    }
  }

  private static void delete(Person person, Person.Registered here) {
    AccountChange.Deletion deletion =
        new AccountChange.Deletion(
            person.now(),
            person
                .password
                .authKey()
                .sign(
                    AccountStatements.accountDeletion(
                        wire.info().server(), person.id, person.now())));
    assertThat(here.device().post("/v1/me/deletion", here.token(), deletion).status())
        .isEqualTo(204);
  }

  @Test
  void aNodeThatMayHaveMissedEventsLetsItsClientsBeginAnew() throws Exception {
    try (RunningServer own = RunningServer.start()) {
      Person.Registered alice = new Person(own.wire(), "missed-alice").register(own);
      try (EventSocket here = alice.device().events(alice.token());
          var connection = TestDatabase.connect(own.databaseUrl());
          var statement = connection.createStatement()) {
        statement.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND query ILIKE 'LISTEN%'
            """);
        assertThat(here.closedWith()).isEqualTo(1012);
      }
    }
  }

  @Test
  void aNodeThatStopsTakesItsPeopleOffline() throws Exception {
    Person.Registered bob = registered("stop-bob", Visibility.NOBODY);
    Person.Registered alice = registered("stop-alice", Visibility.EVERYONE);
    EventSocket here;
    try (Server second = server.anotherNode()) {
      here = server.wireTo(second).events(alice.device().key, alice.token());
      awaitOnline(bob, "stop-alice");
    }
    assertThat(here.closedWith()).isEqualTo(1001);
    assertThat(online(bob)).doesNotContain("stop-alice");
  }

  @Test
  void aSocketOutlivesItsTokenIfTheLoginIsRefreshedInTime() throws Exception {
    Person.Registered alice = registered("refresh-alice", Visibility.EVERYONE);
    Person.Registered bob = registered("refresh-bob", Visibility.EVERYONE);
    try (EventSocket here = alice.device().events(alice.token())) {
      awaitOnline(bob, "refresh-alice");
      wire.signed(
          alice.device().key,
          "POST",
          "/v1/session/refresh",
          null,
          new Session.Refresh(alice.opened().tokens().refreshToken()));
      assertThat(online(bob)).contains("refresh-alice");
      assertThat(here.soFar()).isEmpty();
    }
  }

  @Test
  void whoeverMayNotSeeAnAccountIsToldNothingOfIt() throws Exception {
    Person.Registered hidden = registered("hidden-alice", Visibility.NOBODY);
    Person.Registered open = registered("hidden-carol", Visibility.EVERYONE);
    Person.Registered bob = registered("hidden-bob", Visibility.NOBODY);
    try (EventSocket seen = bob.device().events(bob.token())) {
      hidden.device().events(hidden.token()).close();
      awaitNoSocket("hidden-alice");
      hidden.device().putNothing("/v1/contacts/hidden-bob", hidden.token());
      try (EventSocket carol = open.device().events(open.token())) {
        // Told after the socket of before was closed, so nothing more of that is under way.
        assertThat(nextOf(seen, "hidden-")).isEqualTo("hidden-carol");
        set(hidden, Visibility.CONTACTS);
        set(hidden, Visibility.NOBODY);
        assertThat(carol.soFar()).isEmpty();
      }
      assertThat(nextOf(seen, "hidden-")).isEqualTo("hidden-carol");
    }
  }

  private static String nextOf(EventSocket seen, String prefix) {
    while (true) {
      String name = seen.next().name().value();
      if (name.startsWith(prefix)) {
        return name;
      }
    }
  }

  private static void awaitNoSocket(String name) throws Exception {
    try (var connection = TestDatabase.connect(server.databaseUrl());
        var statement =
            connection.prepareStatement(
                "SELECT 1 FROM connections JOIN accounts USING (account_id) WHERE name = ?")) {
      statement.setString(1, name);
      while (true) {
        try (var rows = statement.executeQuery()) {
          if (!rows.next()) {
            return;
          }
        }
        Thread.sleep(10);
      }
    }
  }

  @Test
  void isListedPageByPage() throws Exception {
    Person.Registered asker = registered("page-asker", Visibility.NOBODY);
    List<String> expected = new ArrayList<>();
    try (var connection = TestDatabase.connect(server.databaseUrl());
        var statement = connection.createStatement()) {
      // As many accounts as a page and a half, each with a socket on a node that is elsewhere.
      for (int i = 0; i < 150; i++) {
        String name = "page-%03d".formatted(i);
        expected.add(name);
        statement.execute(
            """
            WITH a AS (
              INSERT INTO accounts SELECT (jsonb_populate_record(a, jsonb_build_object(
                'account_id', '\\x%1$s', 'name', '%2$s', 'handle_id', '\\x%1$s'))).*
              FROM accounts a LIMIT 1 RETURNING account_id),
            d AS (
              INSERT INTO devices (device_id, account_id, device_key, created_at, last_seen_at)
              SELECT account_id, account_id, '', now(), now() FROM a RETURNING device_id),
            f AS (
              INSERT INTO token_families SELECT device_id, device_id, now() FROM d
              RETURNING family_id),
            p AS (INSERT INTO presence_settings SELECT account_id, 'everyone' FROM a)
            INSERT INTO connections
            SELECT family_id, family_id, family_id, '2026-01-01Z', '2099-01-01Z' FROM f
            """
                .formatted(UUID.randomUUID().toString().replace("-", ""), name));
      }
      List<String> first = page(asker, "page-");
      assertThat(first).hasSize(100);
      List<String> all = new ArrayList<>(first);
      all.addAll(page(asker, first.getLast()));
      assertThat(all.subList(0, 150)).isEqualTo(expected);
      statement.execute("DELETE FROM accounts WHERE name ~ 'page-[0-9]'");
    }
  }

  @Test
  void contactsAreAListOfItsOwner() {
    Person.Registered alice = registered("list-alice", Visibility.CONTACTS);
    registered("list-bob", Visibility.CONTACTS);
    var device = alice.device();
    assertThat(device.putNothing("/v1/contacts/list-bob", alice.token()).status()).isEqualTo(204);
    assertThat(device.putNothing("/v1/contacts/list-bob", alice.token()).status()).isEqualTo(204);
    assertThat(device.get("/v1/contacts", alice.token()).as(Presence.Contacts.class).names())
        .extracting(Object::toString)
        .containsExactly("list-bob");
    assertThat(device.delete("/v1/contacts/list-bob", alice.token()).status()).isEqualTo(204);
    assertThat(device.delete("/v1/contacts/list-bob", alice.token()).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(device.putNothing("/v1/contacts/list-nobody", alice.token()).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(device.putNothing("/v1/contacts/list-alice", alice.token()).problem())
        .isEqualTo(ProblemCode.INVALID_FIELD);
    assertThat(device.get("/v1/contacts", alice.token()).as(Presence.Contacts.class).names())
        .isEmpty();
  }

  @Test
  void aSocketNeedsAFullTokenAndItsDevicesSignature() {
    Person alice = new Person(wire, "gate-alice");
    Person.Registered registered = alice.register(server);
    Login.Granted granted = registered.device().login().as(Login.Granted.class);
    assertRefused(() -> wire.events(registered.device().key, granted.token()), 403);
    assertRefused(() -> wire.events(SigningKey.generate(), registered.token()), 401);
    assertThat(wire.send("GET", "/v1/events", registered.token(), null).problem())
        .isEqualTo(ProblemCode.INVALID_FIELD);
  }

  @Test
  void aClientThatTalksIsCutOff() throws Exception {
    Person.Registered alice = registered("talk-alice", Visibility.NOBODY);
    try (EventSocket here = alice.device().events(alice.token())) {
      here.say("hello");
      assertThat(here.closedWith()).isEqualTo(1003);
    }
  }

  private interface Opening {
    void run() throws Exception;
  }

  private static void assertRefused(Opening opening, int status) {
    assertThatThrownBy(opening::run)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
  }

  private static Person.Registered registered(String name, Visibility visibility) {
    Person.Registered registered = new Person(wire, name).register(server);
    set(registered, visibility);
    return registered;
  }

  private static void set(Person.Registered who, Visibility visibility) {
    var answer = who.device().put("/v1/presence", who.token(), new Presence.Setting(visibility));
    assertThat(answer.status()).isEqualTo(204);
  }

  private static Presence.Event eventOf(EventSocket seen, Person who) {
    Presence.Event event = seen.next();
    while (!event.account().equals(who.id)) {
      event = seen.next();
    }
    return event;
  }

  private static List<String> online(Person.Registered asker) {
    return page(asker, "");
  }

  private static List<String> page(Person.Registered asker, String after) {
    return asker
        .device()
        .get("/v1/presence/online?after=" + after, asker.token())
        .as(Presence.Online.class)
        .people()
        .stream()
        .map(person -> person.name().value())
        .toList();
  }

  /** The upgrade is answered before the socket's row is there. */
  private static void awaitOnline(Person.Registered asker, String name) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!online(asker).contains(name)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(name + " did not come online");
      }
      Thread.onSpinWait();
    }
  }
}
