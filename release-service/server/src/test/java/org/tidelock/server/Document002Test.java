package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.protocol.wire.Presence.Change;
import org.tidelock.protocol.wire.Presence.Visibility;
import org.tidelock.protocol.wire.Session;
import org.tidelock.server.testing.EventSocket;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;

/** Document 002, as far as accounts go: register, log in, see who is online. */
class Document002Test {

  @Test
  void registerLoginAndOnlineUsers() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Wire wire = server.wire();
      Person alice = new Person(wire, "alice");
      Person bob = new Person(wire, "bob");
      Person.Registered bobsLaptop = bob.register(server);
      alice.register(server);
      Person.Device phone = alice.newDevice();
      Session.Tokens onPhone = phone.session();

      try (EventSocket bobSees = bobsLaptop.device().events(bobsLaptop.token());
          EventSocket aliceOnline = phone.events(onPhone.accessToken())) {
        // Contacts only, as long as nothing was said, and alice has none.
        assertThat(online(bobsLaptop)).isEmpty();

        phone.putNothing("/v1/contacts/bob", onPhone.accessToken());
        assertThat(bobSees.next().change()).isEqualTo(Change.ONLINE);
        assertThat(online(bobsLaptop)).containsExactly("alice");

        phone.put("/v1/presence", onPhone.accessToken(), new Presence.Setting(Visibility.NOBODY));
        assertThat(bobSees.next().change()).isEqualTo(Change.OFFLINE);
        assertThat(online(bobsLaptop)).isEmpty();
        assertThat(aliceOnline.soFar()).isEmpty();
      }
    }
  }

  private static List<String> online(Person.Registered asker) {
    return asker
        .device()
        .get("/v1/presence/online", asker.token())
        .as(Presence.Online.class)
        .people()
        .stream()
        .map(person -> person.name().value())
        .toList();
  }
}
