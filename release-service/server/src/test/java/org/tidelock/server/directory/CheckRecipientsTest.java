package org.tidelock.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.server.app.Server;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;

/** Document 004: are these handles registered? */
class CheckRecipientsTest {

  private static final Contact NOBODY = Contact.mail("nobody@example.org");

  @Test
  void aRegistrationOnOneNodeIsSeenOnTheOther() throws Exception {
    try (RunningServer server = RunningServer.start();
        Server second = server.anotherNode()) {
      Person alice = new Person(server.wire(), "alice");
      Person.Registered asker = alice.register(server);
      Person bob = new Person(server.wire(), "bob");
      Wire other = server.wireTo(second);
      awaitRegistered(other, asker, alice.contact);
      assertThat(ask(other, asker, alice.contact, bob.contact, NOBODY))
          .containsExactly(true, false, false);

      bob.register(server);
      awaitRegistered(other, asker, bob.contact);
      assertThat(ask(other, asker, NOBODY, bob.contact, bob.contact))
          .containsExactly(false, true, true);
    }
  }

  @Test
  void theDatabaseDecidesWhatTheFilterCannotRuleOut() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Wire wire = server.wire();
      Person.Registered asker = new Person(wire, "alice").register(server);
      Person bob = new Person(wire, "bob");
      Person.Registered bobsPhone = bob.register(server);
      awaitRegistered(wire, asker, bob.contact);
      // Still in the filter, which forgets nothing, and not in the database any more.
      bobsPhone
          .device()
          .post(
              "/v1/me/deletion",
              bobsPhone.token(),
              new AccountChange.Deletion(
                  bob.now(),
                  bob.password
                      .authKey()
                      .sign(
                          AccountStatements.accountDeletion(
                              wire.info().server(), bob.id, bob.now()))));
      assertThat(ask(wire, asker, bob.contact)).containsExactly(false);
    }
  }

  @Test
  void eachContactCountsAgainstTheAskersLimit() throws Exception {
    try (RunningServer server = RunningServer.withRateLimits()) {
      Wire wire = server.wire();
      Person.Registered asker = new Person(wire, "alice").register(server);
      var hundred = new Directory.Recipients(Collections.nCopies(100, NOBODY));
      var one = new Directory.Recipients(List.of(NOBODY));
      for (int i = 0; i < 2; i++) {
        assertThat(asker.device().post("/v1/recipients", asker.token(), hundred).status())
            .isEqualTo(200);
      }
      Wire.Answer refused = asker.device().post("/v1/recipients", asker.token(), one);
      assertThat(refused.problem()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
      assertThat(refused.response().headers().firstValue("retry-after")).contains("10");
      server.clock().move(Duration.ofSeconds(10));
      assertThat(asker.device().post("/v1/recipients", asker.token(), one).status()).isEqualTo(200);
      assertThat(asker.device().post("/v1/recipients", asker.token(), one).problem())
          .isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
    }
  }

  /** A node may not have heard of it for as long as it takes to hear. */
  private static void awaitRegistered(Wire wire, Person.Registered asker, Contact contact) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!ask(wire, asker, contact).getFirst()) {
      assertThat(System.nanoTime()).as("seen in time").isLessThan(deadline);
    }
  }

  private static List<Boolean> ask(Wire wire, Person.Registered asker, Contact... contacts) {
    return wire.signed(
            asker.device().key,
            "POST",
            "/v1/recipients",
            asker.token(),
            new Directory.Recipients(List.of(contacts)))
        .as(Directory.Registered.class)
        .registered();
  }
}
