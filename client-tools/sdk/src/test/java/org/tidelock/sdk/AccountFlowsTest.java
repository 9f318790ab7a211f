package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.safety.SafetyNumber;
import org.tidelock.protocol.wire.Devices;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.protocol.wire.Session;
import org.tidelock.sdk.account.VerifyRegistration;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.server.testing.RunningServer;

/** The account flows, by this client against the real server over real sockets. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class AccountFlowsTest {

  private static RunningKeyServer both;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    both = RunningKeyServer.start();
    server = both.server();
  }

  @AfterAll
  static void stop() {
    both.close();
  }

  @Test
  void registersWithTheCodeThatCameByMail() throws IOException {
    try (Client client = Client.meeting(server, "reg-alice")) {
      var applied = client.granted(client.apply());
      var registered = client.granted(client.verify(server.codeFor(client.contact())));

      Session.WhoAmI me = client.granted(client.account().whoAmI());

      assertThat(applied.recoveryKey()).startsWith("tlr1 ");
      assertThat(registered).isEqualTo(new VerifyRegistration.Registered.WithKeys(client.name));
      assertThat(me.name()).isEqualTo(client.name);
      assertThat(me.generation()).isEqualTo(1);
      assertThat(client.home.registration()).isEmpty();
      assertThat(client.home.wrappedKeys().records()).isEmpty();
    }
  }

  @Test
  void registersAndLogsInThroughTheApplicationChannel() throws IOException {
    try (Client client = Client.meeting(server, "channel-ann")) {
      client.throughChannel();
      client.granted(client.apply());
      client.granted(client.verify(server.codeFor(client.contact())));
      client.granted(client.account().logOut());
      client.granted(client.logIn().logIn(Client.password()));
      assertThat(client.granted(client.account().whoAmI()).name()).isEqualTo(client.name);
    }
  }

  @Test
  void aWrongCodeIsRefusedAndTheRightOneStillTaken() throws IOException {
    try (Client client = Client.meeting(server, "reg-bob")) {
      client.granted(client.apply());
      String code = server.codeFor(client.contact());
      String wrong = code.equals("00000000") ? "00000001" : "00000000";

      assertRefused(client.verify(wrong), ProblemCode.CODE_REFUSED);
      client.granted(client.verify(code));
    }
  }

  @Test
  void aTakenNameIsToldOnlyAfterTheCode() throws IOException {
    try (Client first = Client.registered(server, "taken");
        Client second = Client.meeting(server, "taken", "second.example.org")) {
      assertThat(first.granted(first.account().whoAmI()).name()).isEqualTo(second.name);

      second.granted(second.apply());

      assertRefused(second.verify(server.codeFor(second.contact())), ProblemCode.NAME_TAKEN);
    }
  }

  @Test
  void logsOutAndInAgain() throws IOException {
    try (Client client = Client.registered(server, "login-carol")) {
      client.granted(client.account().logOut());
      assertRefused(client.account().whoAmI(), ProblemCode.TOKEN_MISSING);

      assertRefused(client.logIn().logIn("wrong".toCharArray()), ProblemCode.LOGIN_REFUSED);
      client.granted(client.logIn().logIn(Client.password()));

      assertThat(client.granted(client.account().whoAmI()).name()).isEqualTo(client.name);
      client.granted(client.account().logOutEverywhere());
      assertRefused(client.account().whoAmI(), ProblemCode.TOKEN_MISSING);
    }
  }

  @Test
  void renewsItsTokensBeforeTheyExpire() throws IOException {
    try (Client client = Client.registered(server, "refresh-dan")) {
      Session.Tokens before = tokens(client);
      server.clock().move(Duration.ofMinutes(15));

      client.granted(client.account().whoAmI());

      assertThat(tokens(client).refreshToken()).isNotEqualTo(before.refreshToken());
      client.granted(client.account().whoAmI());
    }
  }

  @Test
  void listsAndRemovesDevices() throws IOException {
    try (Client client = Client.registered(server, "device-eve")) {
      Devices devices = client.granted(client.account().devices());

      assertThat(devices.devices()).hasSize(1);
      Devices.Device own = devices.devices().getFirst();
      assertThat(own.current()).isTrue();
      assertThat(own.certificate().name().value()).isEqualTo("device-eve's laptop");
      client.granted(client.account().removeDevice(own.certificate().device()));
      assertRefused(client.account().whoAmI(), ProblemCode.TOKEN_INVALID);
    }
  }

  @Test
  void bothSidesComputeTheSameSafetyNumber() throws IOException {
    try (Client alice = Client.registered(server, "safe-alice");
        Client bob = Client.registered(server, "safe-bob")) {
      SafetyNumber seenByAlice = alice.granted(alice.people().safetyNumber(bob.name));
      SafetyNumber seenByBob = bob.granted(bob.people().safetyNumber(alice.name));

      assertThat(seenByAlice).isEqualTo(seenByBob);
      assertThat(alice.home.people().known(bob.name)).isPresent();
    }
  }

  @Test
  void followsTheKeyLogAsItGrows() throws IOException {
    try (Client alice = Client.registered(server, "grow-alice")) {
      long before = alice.home.people().head().orElseThrow().size();
      try (Client bob = Client.registered(server, "grow-bob");
          Client carol = Client.registered(server, "grow-carol")) {
        Directory.Person person = alice.granted(alice.people().find(bob.name));
        alice.granted(alice.people().find(carol.name));

        assertThat(person.devices()).hasSize(1);
        assertThat(alice.home.people().head().orElseThrow().size()).isEqualTo(before + 2);
      }
    }
  }

  @Test
  void anUnknownNameIsNotFound() throws IOException {
    try (Client client = Client.registered(server, "find-frank")) {
      assertRefused(client.people().find(new AccountName("nobody-here")), ProblemCode.NOT_FOUND);
    }
  }

  @Test
  void deletesTheAccountAndForgetsIt() throws IOException {
    try (Client client = Client.registered(server, "delete-gina")) {
      assertRefused(client.delete("wrong"), ProblemCode.LOGIN_REFUSED);
      client.granted(client.account().whoAmI());
      client.granted(client.delete(Client.PASSWORD));

      assertThat(client.home.identity()).isEmpty();
      try (Stream<Path> files = Files.list(client.folder)) {
        assertThat(files.map(file -> file.getFileName().toString()).toList())
            .containsExactlyInAnyOrder("key-server.json", "server.json");
      }
    }
  }

  @Test
  void nothingSecretLiesReadableInTheHome() throws IOException {
    try (Client client = Client.registered(server, "rest-hugo")) {
      StoredIdentity identity = client.home.identity().orElseThrow();
      Session.Tokens tokens = tokens(client);
      List<Bytes> secrets =
          List.of(
              identity.deviceSeed(),
              identity.signingSeed(),
              identity.encryptionKey(),
              tokens.accessToken().value(),
              tokens.refreshToken().value());
      try (Stream<Path> files = Files.list(client.folder)) {
        for (Path file : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .isEqualTo("rw-------");
          String content = Files.readString(file, StandardCharsets.ISO_8859_1);
          for (Bytes secret : secrets) {
            assertThat(content)
                .doesNotContain(Base64Url.encode(secret))
                .doesNotContain(secret.toHex())
                .doesNotContain(new String(secret.toArray(), StandardCharsets.ISO_8859_1));
          }
          assertThat(content).doesNotContain(Client.PASSWORD);
        }
      }
      assertThat(identity).hasToString("identity of rest-hugo");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(client.folder)))
          .isEqualTo("rwx------");
    }
  }

  private static Session.Tokens tokens(Client client) throws IOException {
    return client.home.identity().orElseThrow().session().getFirst();
  }

  private static void assertRefused(Answer<?> answer, ProblemCode code) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.problem().code()).contains(code));
  }
}
