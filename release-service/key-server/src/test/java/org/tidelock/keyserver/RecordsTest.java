package org.tidelock.keyserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.keyserver.testing.KeyOwner;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.statement.AccountStatements.Authority;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.protocol.wire.Session;
import org.tidelock.server.testing.Person;

/** What the key server keeps, what it gives back, and what it lets go. */
class RecordsTest {

  private static RunningKeyServer running;

  @BeforeAll
  static void start() throws Exception {
    running = RunningKeyServer.start();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** Somebody whose four first records are stored. */
  private static KeyOwner somebody() {
    KeyOwner owner =
        KeyOwner.registered(running, "p" + UUID.randomUUID().toString().substring(0, 8));
    put(owner, owner.wrapped());
    return owner;
  }

  @Test
  void storingTheSameAgainChangesNothing() {
    KeyOwner owner = somebody();
    put(owner, owner.wrapped());
    assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(owner.wrapped());
  }

  @Test
  void anotherRecordOfTheSameKeyIsAConflictAndNothingOfItsRequestIsStored() {
    KeyOwner owner = somebody();
    Person person = owner.person;
    List<WrappedKey> rewrapped =
        List.of(
            pending(owner, Person.freshPassword()),
            person.accountKey.wrap(person.encryption, person.id, 1));

    assertThat(owner.put(owner.token(Action.WRITE), rewrapped).problem())
        .isEqualTo(ProblemCode.VERSION_CONFLICT);

    assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(owner.wrapped());
  }

  @Test
  void aPendingPasswordCountsOnlyOnceTheServerHasMadeItValid() {
    KeyOwner owner = somebody();
    PasswordKeys next = Person.freshPassword();
    WrappedKey pending = pending(owner, next);
    put(owner, List.of(pending));
    assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(owner.wrapped());

    changePassword(owner, next);

    List<WrappedKey> expected = new ArrayList<>(owner.wrapped());
    expected.set(0, pending);
    assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(expected);
    // The old one is gone, and does not come back.
    assertThat(owner.put(owner.token(Action.WRITE), owner.wrapped()).problem())
        .isEqualTo(ProblemCode.VERSION_CONFLICT);
  }

  @Test
  void aChangeOfPasswordThatWasGivenUpDoesNotStandInTheWayOfTheNext() {
    KeyOwner owner = somebody();
    PasswordKeys second = Person.freshPassword();
    WrappedKey ofSecond = pending(owner, second);
    put(owner, List.of(pending(owner, Person.freshPassword())));
    put(owner, List.of(ofSecond));

    changePassword(owner, second);

    assertThat(owner.fetched()).contains(ofSecond).hasSize(4);
  }

  @Test
  void theOldPasswordsRecordStaysWhereTheNewOnesIsNotThere() {
    KeyOwner owner = somebody();
    // A client that broke the order of the protocol.
    changePassword(owner, Person.freshPassword());
    assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(owner.wrapped());
  }

  @Test
  void changesUnderWayAreFewAndMakeRoomAfterAnHour() {
    KeyOwner owner = somebody();
    for (int i = 0; i < 4; i++) {
      put(owner, List.of(pending(owner, Person.freshPassword())));
    }
    WrappedKey fifth = pending(owner, Person.freshPassword());
    assertThat(owner.put(owner.token(Action.WRITE), List.of(fifth)).problem())
        .isEqualTo(ProblemCode.VERSION_CONFLICT);

    running.server().clock().move(Duration.ofMinutes(61));
    owner.continueWith(owner.device.session().accessToken());

    put(owner, List.of(fifth));
  }

  @Test
  void versionsThatCannotBeAreRefused() {
    KeyOwner owner = somebody();
    Person person = owner.person;
    for (WrappedKey impossible :
        List.of(
            Person.freshPassword().wrap(person.accountKey, person.id, 1),
            Person.freshPassword().wrap(person.accountKey, person.id, 3),
            person.recovery.wrap(person.accountKey, person.id, 2),
            person.accountKey.wrap(person.encryption, person.id, 3))) {
      assertThat(owner.put(owner.token(Action.WRITE), List.of(impossible)).problem())
          .as(impossible.purpose() + " " + impossible.version())
          .isEqualTo(ProblemCode.VERSION_CONFLICT);
    }
  }

  @Test
  void keysThatAreNotTheAccountsYetAreNotGivenOut() {
    KeyOwner owner = somebody();
    EncryptionKey next = EncryptionKey.generate(Suite.X_WING);
    put(owner, List.of(owner.person.accountKey.wrap(next, owner.person.id, 2)));
    assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(owner.wrapped());
  }

  @Test
  void fiveHundredAndTwelveRecordsFitARequest() {
    KeyOwner owner = somebody();
    List<WrappedKey> many = new ArrayList<>();
    for (int i = 0; i < 512; i++) {
      many.add(owner.wrapped().get(i % 4));
    }
    put(owner, many);
    assertThat(owner.fetched()).hasSize(4);
  }

  @Test
  void deletesTheCallersRecordsAndNobodyElses() {
    KeyOwner owner = somebody();
    KeyOwner other = somebody();
    var answer =
        running
            .wire()
            .signed(owner.device.key, "DELETE", "/v1/records", owner.token(Action.WRITE), null);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(owner.fetched()).isEmpty();
    assertThat(other.fetched()).hasSize(4);
    put(owner, owner.wrapped());
    assertThat(
            running
                .wire()
                .signed(owner.device.key, "DELETE", "/v1/records", owner.token(Action.READ), null)
                .problem())
        .isEqualTo(ProblemCode.TOKEN_NOT_ENOUGH);
    assertThat(owner.fetched()).hasSize(4);
  }

  @Test
  void whatIsStoredSurvivesARestart() throws Exception {
    KeyOwner owner = somebody();
    running.stop();
    running.startAgain();
    assertThat(owner.fetched()).containsExactlyInAnyOrderElementsOf(owner.wrapped());
  }

  private static void put(KeyOwner owner, List<WrappedKey> records) {
    var answer = owner.put(owner.token(Action.WRITE), records);
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  private static WrappedKey pending(KeyOwner owner, PasswordKeys password) {
    return password.wrap(owner.person.accountKey, owner.person.id, 2);
  }

  /** The server's commit, after which the account has this password. */
  private static void changePassword(KeyOwner owner, PasswordKeys next) {
    Person person = owner.person;
    var statement =
        AccountStatements.passwordChange(
            running.server().wire().info().server(),
            person.id,
            2,
            next.authKey().publicKey(),
            next.kdf(),
            Authority.PASSWORD,
            person.now());
    var change =
        new AccountChange.Password(
            2,
            next.authKey().publicKey(),
            next.kdf(),
            Authority.PASSWORD,
            person.now(),
            person.password.authKey().sign(statement),
            person.signing.sign(statement),
            next.authKey().sign(statement));
    owner.continueWith(
        owner
            .device
            .post("/v1/me/password", owner.accessToken(), change)
            .as(Session.Tokens.class)
            .accessToken());
    person.password = next;
  }
}
