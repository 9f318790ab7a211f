package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.statement.AccountStatements.Authority;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Session;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;

/** The account steps of document 000. */
class Document000Test {

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
  void createUserStoresNameSaltAuthKeyAndPublicKeys() {
    Person alice = new Person(wire, "alice");
    Person.Registered registered = alice.register(server);
    Directory.Person person =
        registered.device().get("/v1/people/alice", registered.token()).as(Directory.Person.class);
    assertThat(person.entry()).isEqualTo(alice.entry);
    assertThat(person.proof().proves(alice.entry, wire.info().server(), wire.info().signingKey()))
        .isTrue();
    assertThat(person.devices()).hasSize(1);
    assertThat(
            person.devices().getFirst().isSigned(wire.info().server(), alice.signing.publicKey()))
        .isTrue();
  }

  @Test
  void getSaltThenLogInOnAnotherDevice() {
    Person bob = new Person(wire, "bob");
    bob.register(server);
    Login.PreloginReply salt =
        wire.send("POST", "/v1/prelogin", null, new Login.Prelogin(bob.name))
            .as(Login.PreloginReply.class);
    assertThat(salt.kdf()).isEqualTo(bob.password.kdf());
    assertThat(bob.newDevice().login().as(Login.Granted.class).passwordVersion()).isEqualTo(1);
  }

  @Test
  void resetPasswordWithTheOldAuthKeyRevokesEveryToken() {
    Person carol = new Person(wire, "carol");
    Person.Registered registered = carol.register(server);
    Person.Device laptop = carol.newDevice();
    Session.Tokens onLaptop = laptop.session();
    PasswordKeys old = carol.password;
    PasswordKeys next = Person.freshPassword();

    var answer =
        registered
            .device()
            .post(
                "/v1/me/password",
                registered.token(),
                change(carol, next, old.authKey(), Authority.PASSWORD));
    carol.password = next;

    Session.Tokens tokens = answer.as(Session.Tokens.class);
    assertThat(laptop.get("/v1/me", onLaptop.accessToken()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
    assertThat(
            registered
                .device()
                .get("/v1/me", tokens.accessToken())
                .as(Session.WhoAmI.class)
                .passwordVersion())
        .isEqualTo(2);
    assertThat(laptop.login("/v1/logins", old.authKey(), false).problem())
        .isEqualTo(ProblemCode.LOGIN_REFUSED);
    assertThat(laptop.login().as(Login.Granted.class).passwordVersion()).isEqualTo(2);
  }

  @Test
  void forgottenPasswordIsReplacedThroughTheRecoveryKey() {
    Person dave = new Person(wire, "dave");
    dave.register(server);
    Person.Device found = dave.newDevice();
    Login.Granted granted = found.recover().as(Login.Granted.class);
    Session.Tokens tokens = found.openSession(granted.token()).as(Session.Tokens.class);
    PasswordKeys next = Person.freshPassword();

    var answer =
        found.post(
            "/v1/me/password",
            tokens.accessToken(),
            change(dave, next, dave.recovery.authKey(), Authority.RECOVERY));
    assertThat(answer.status()).isEqualTo(200);
    dave.password = next;
    assertThat(found.session()).isNotNull();
  }

  @Test
  void aPasswordChangeNotSignedByTheOldAuthKeyChangesNothing() {
    Person erin = new Person(wire, "erin");
    Person.Registered registered = erin.register(server);
    var forged = change(erin, Person.freshPassword(), SigningKey.generate(), Authority.PASSWORD);
    assertThat(registered.device().post("/v1/me/password", registered.token(), forged).problem())
        .isEqualTo(ProblemCode.CHANGE_REFUSED);
    assertThat(erin.newDevice().session()).isNotNull();
  }

  private static AccountChange.Password change(
      Person person, PasswordKeys next, SigningKey authorizing, Authority authority) {
    var statement =
        AccountStatements.passwordChange(
            wire.info().server(),
            person.id,
            2,
            next.authKey().publicKey(),
            next.kdf(),
            authority,
            person.now());
    return new AccountChange.Password(
        2,
        next.authKey().publicKey(),
        next.kdf(),
        authority,
        person.now(),
        authorizing.sign(statement),
        person.signing.sign(statement),
        next.authKey().sign(statement));
  }
}
