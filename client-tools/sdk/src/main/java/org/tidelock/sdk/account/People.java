package org.tidelock.sdk.account;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.problem.Problem;
import org.tidelock.protocol.safety.SafetyNumber;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredPeople;

/**
 * Looks people's keys up and believes nothing that is not proven: the keys stand in the server's
 * log; the log only grew since this home saw it last; keys that replace known ones are approved,
 * each by the one before, and of no lower suite; every device is certified. What was seen is
 * remembered.
 */
public final class People {

  private final ServerConnection connection;
  private final ClientHome home;
  private final OwnSession session;
  private final KnownLog log;

  public People(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
    this.session = new OwnSession(connection, home);
    this.log = new KnownLog(connection, home);
  }

  /**
   * Somebody's keys.
   *
   * @throws LyingServerException if they are not proven, or contradict what was seen before
   */
  public Answer<Directory.Person> find(AccountName name) throws IOException {
    Answer<Directory.Person> answer =
        session.send(Request.get("/v1/people/" + name), Directory.Person.class);
    return answer.then(
        person -> {
          requireProven(name, person);
          log.require(person.proof().head());
          StoredPeople people = home.people();
          Optional<KeyLogEntry> known = people.known(name);
          requireSuccessor(known, person);
          if (!known.equals(Optional.of(person.entry()))) {
            home.keep(people.met(name, person.entry()));
          }
          return answer;
        });
  }

  /** The number to compare with somebody, in person or by voice. */
  public Answer<SafetyNumber> safetyNumber(AccountName name) throws IOException {
    KeyLogEntry own = session.identity().entry();
    return find(name).map(person -> SafetyNumber.of(side(own), side(person.entry())));
  }

  /**
   * Which contacts have an account, in their order; as far as the server says so, which proves
   * nothing here.
   *
   * @param contacts 1 to 100
   */
  public Answer<List<Boolean>> areRegistered(List<Contact> contacts) throws IOException {
    Answer<Directory.Registered> answer =
        session.send(
            Request.post("/v1/recipients", new Directory.Recipients(contacts)),
            Directory.Registered.class);
    if (answer instanceof Answer.Granted<Directory.Registered>(Directory.Registered found)) {
      require(
          found.registered().size() == contacts.size(),
          "the server was asked about %d contacts and answers for %d"
              .formatted(contacts.size(), found.registered().size()));
    }
    return answer.map(Directory.Registered::registered);
  }

  private static SafetyNumber.Side side(KeyLogEntry entry) {
    return new SafetyNumber.Side(entry.account().value(), entry.signingKey().value());
  }

  private void requireProven(AccountName name, Directory.Person person)
      throws LyingServerException {
    ServerId server = connection.server();
    KeyLogEntry entry = person.entry();
    require(
        person.name().equals(name) && person.account().equals(entry.account()),
        "the server answers with somebody else than %s".formatted(name));
    require(
        entry.signingKey().verifies(entry.statement(server), entry.signature()),
        "%s's keys are not signed by themselves".formatted(name));
    require(
        person.proof().proves(entry, server, serverKey()),
        "the server does not prove that %s's keys stand in its log".formatted(name));
    for (DeviceCertificate device : person.devices()) {
      require(
          device.account().equals(entry.account())
              && device.generation() == entry.generation()
              && device.isSigned(server, entry.signingKey()),
          "the server lists a device for %s that %s did not certify".formatted(name, name));
    }
  }

  private void requireSuccessor(Optional<KeyLogEntry> known, Directory.Person person)
      throws IOException {
    if (known.isEmpty() || known.get().equals(person.entry())) {
      return;
    }
    KeyLogEntry before = known.get();
    require(
        before.account().equals(person.account()),
        "%s is another account than the one met before".formatted(person.name()));
    require(
        before.generation() < person.entry().generation(),
        "the server names older keys of %s than it did before".formatted(person.name()));
    require(
        before.suite().number() <= person.entry().suite().number(),
        "%s's keys are of suite %d; suite %d was seen before, and a lower one is not taken"
            .formatted(person.name(), person.entry().suite().number(), before.suite().number()));
    for (KeyLogEntry entry : entriesAfter(before, person)) {
      require(
          entry.generation() == before.generation() + 1
              && entry.previous().equals(before.leafHash())
              && entry.isSigned(connection.server(), before.signingKey()),
          "%s's new keys are not approved by the keys before".formatted(person.name()));
      before = entry;
    }
    require(
        before.equals(person.entry()),
        "the server's log of %s's keys ends elsewhere".formatted(person.name()));
  }

  private List<KeyLogEntry> entriesAfter(KeyLogEntry known, Directory.Person person)
      throws IOException {
    Answer<Directory.Log> answer =
        session.send(
            Request.get("/v1/people/%s/log".formatted(person.name())), Directory.Log.class);
    return switch (answer) {
      case Answer.Refused<Directory.Log>(Problem problem) ->
          throw new LyingServerException(
              "the server does not show %s's keys: %s".formatted(person.name(), problem.detail()));
      case Answer.Granted<Directory.Log>(Directory.Log log) ->
          log.entries().stream()
              .map(Directory.Logged::entry)
              .filter(
                  entry ->
                      entry.account().equals(known.account())
                          && entry.generation() > known.generation())
              .toList();
    };
  }

  private SigningPublicKey serverKey() {
    return connection.pin().info().signingKey();
  }

  private static void require(boolean holds, String otherwise) throws LyingServerException {
    if (!holds) {
      throw new LyingServerException(otherwise);
    }
  }
}
