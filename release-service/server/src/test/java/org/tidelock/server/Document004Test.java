package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;

/** The registration of document 004: a code by mail, and what happens to who has none. */
class Document004Test {

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
  void registrationWithTheCodeThatCameByMail() {
    Person alice = new Person(wire, "alice");
    Person.Device device = alice.newDevice();
    Registration.Started started = device.register().as(Registration.Started.class);
    assertThat(started.expiresAt()).isEqualTo(alice.now().plus(Duration.ofMinutes(10)));
    String code = server.codeFor(alice.contact);
    assertThat(code).matches("[0-9]{8}");
    assertThat(device.verify(started, code).status()).isEqualTo(201);
    // Used up.
    assertThat(device.verify(started, code).problem()).isEqualTo(ProblemCode.CODE_REFUSED);
  }

  @Test
  void fiveWrongCodesUseTheRegistrationUp() {
    Person bob = new Person(wire, "bob");
    Person.Device device = bob.newDevice();
    Registration.Started started = device.register().as(Registration.Started.class);
    String code = server.codeFor(bob.contact);
    String wrong = code.equals("00000000") ? "00000001" : "00000000";
    for (int i = 0; i < 5; i++) {
      assertThat(device.verify(started, wrong).problem()).isEqualTo(ProblemCode.CODE_REFUSED);
    }
    assertThat(device.verify(started, code).problem()).isEqualTo(ProblemCode.CODE_REFUSED);
  }

  @Test
  void aCodeIsGoodForTenMinutes() {
    Person carol = new Person(wire, "carol");
    Person.Device device = carol.newDevice();
    Registration.Started started = device.register().as(Registration.Started.class);
    String code = server.codeFor(carol.contact);
    server.clock().move(Duration.ofMinutes(10));
    assertThat(device.verify(started, code).problem()).isEqualTo(ProblemCode.CODE_REFUSED);
  }

  @Test
  void aTakenNameIsToldOnlyAfterTheCode() {
    new Person(wire, "dave").register(server);
    Person other = new Person(wire, "dave");
    Person.Device device = other.newDevice();
    var answer = device.register();
    assertThat(answer.status()).isEqualTo(202);
    assertThat(
            device
                .verify(answer.as(Registration.Started.class), server.codeFor(other.contact))
                .problem())
        .isEqualTo(ProblemCode.NAME_TAKEN);
  }

  @Test
  void aTakenContactIsToldOnlyInItsMail() {
    Person erin = new Person(wire, "erin");
    erin.register(server);
    Person again = new Person(wire, "erin-again", erin.contact);
    assertThat(again.newDevice().register().status()).isEqualTo(202);
    assertThat(server.lastMailTo(erin.contact, 2)).contains("has one").doesNotContain("code is");
  }

  @Test
  void anotherDeviceCannotUseTheCode() {
    Person frank = new Person(wire, "frank");
    Registration.Started started = frank.newDevice().register().as(Registration.Started.class);
    assertThat(frank.newDevice().verify(started, server.codeFor(frank.contact)).problem())
        .isEqualTo(ProblemCode.CODE_REFUSED);
  }
}
