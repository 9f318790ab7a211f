package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.sdk.LyingProxy.Breaking;
import org.tidelock.sdk.account.VerifyRegistration.Registered;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.server.testing.RunningServer;

/** The flows that need both servers, by this client over real sockets. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class KeyFlowsTest {

  private static final String NEW_PASSWORD = "another battery, another horse";

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
  void logsInOnASecondDeviceWithNothingButThePassword() throws IOException {
    try (Client laptop = Client.registered(server, "second-alice");
        Client phone = Client.meeting(server, "second-alice")) {
      phone.granted(phone.logInHere(Client.PASSWORD));

      assertThat(phone.granted(phone.account().whoAmI()).account())
          .isEqualTo(laptop.identity().entry().account());
      assertThat(phone.identity().signingSeed()).isEqualTo(laptop.identity().signingSeed());
      assertThat(phone.identity().encryptionKey()).isEqualTo(laptop.identity().encryptionKey());
      assertThat(phone.identity().device()).isNotEqualTo(laptop.identity().device());
      assertThat(laptop.granted(laptop.account().devices()).devices()).hasSize(2);
    }
  }

  @Test
  void aWrongPasswordLeavesNothingOnASecondDevice() throws IOException {
    try (Client laptop = Client.registered(server, "second-bob");
        Client phone = Client.meeting(server, "second-bob")) {
      assertRefused(phone.logInHere("wrong"), ProblemCode.LOGIN_REFUSED);

      assertThat(phone.home.identity()).isEmpty();
      assertThat(laptop.granted(laptop.account().devices()).devices()).hasSize(1);
    }
  }

  @Test
  void keysThatTheKeyServerCouldNotTakeWaitForTheNextLogin() throws Exception {
    try (RunningKeyServer own = RunningKeyServer.start();
        Client laptop = Client.meeting(own.server(), "wait-carol");
        Client phone = Client.meeting(own.server(), "wait-carol")) {
      laptop.granted(laptop.apply());
      own.stop();
      Registered registered = laptop.granted(laptop.verify(own.server().codeFor(laptop.contact())));
      assertThat(registered).isInstanceOf(Registered.KeysWait.class);
      assertThat(laptop.home.wrappedKeys().records()).hasSize(4);
      laptop.granted(laptop.logIn().logIn(Client.password()));
      own.startAgain();

      laptop.granted(laptop.logIn().logIn(Client.password()));

      assertThat(laptop.home.wrappedKeys().records()).isEmpty();
      phone.granted(phone.logInHere(Client.PASSWORD));
    }
  }

  @Test
  void keysThatWaitAreStoredBeforeTheyAreChanged() throws Exception {
    try (RunningKeyServer own = RunningKeyServer.start();
        Client laptop = Client.meeting(own.server(), "wait-dora");
        Client phone = Client.meeting(own.server(), "wait-dora")) {
      laptop.granted(laptop.apply());
      own.stop();
      laptop.granted(laptop.verify(own.server().codeFor(laptop.contact())));
      own.startAgain();

      laptop.granted(laptop.changePassword(Client.PASSWORD, NEW_PASSWORD));

      phone.granted(phone.logInHere(NEW_PASSWORD));
    }
  }

  /** They were stored; only the answer that said so was lost, and another device went on. */
  @Test
  void keysThatWaitInVainAreForgotten() throws Exception {
    try (Client other = Client.registered(server, "vain-other");
        LyingProxy cutting = LyingProxy.beforeKeyServer(both);
        Client laptop = Client.meeting(server, "vain-ella");
        Client phone = Client.meeting(server, "vain-ella")) {
      laptop.reconnectToKeyServer(cutting.pin(other.keyServerPin()));
      cutting.breakAt("/v1/records", Breaking.BEFORE_THE_ANSWER, 0);
      laptop.granted(laptop.apply());
      assertThat(laptop.granted(laptop.verify(server.codeFor(laptop.contact()))))
          .isInstanceOf(Registered.KeysWait.class);
      cutting.mend();
      phone.granted(phone.logInHere(Client.PASSWORD));
      phone.granted(phone.changePassword(Client.PASSWORD, NEW_PASSWORD));

      laptop.granted(laptop.logIn().logIn(NEW_PASSWORD.toCharArray()));

      assertThat(laptop.home.wrappedKeys().records()).isEmpty();
      laptop.granted(laptop.changePassword(NEW_PASSWORD, Client.PASSWORD));
    }
  }

  @Test
  void changesThePassword() throws IOException {
    try (Client laptop = Client.registered(server, "change-dave");
        Client phone = Client.meeting(server, "change-dave");
        Client tablet = Client.meeting(server, "change-dave")) {
      phone.granted(phone.logInHere(Client.PASSWORD));
      assertRefused(laptop.changePassword("wrong", NEW_PASSWORD), ProblemCode.LOGIN_REFUSED);

      long version = laptop.granted(laptop.changePassword(Client.PASSWORD, NEW_PASSWORD));

      assertThat(version).isEqualTo(2);
      laptop.granted(laptop.account().whoAmI());
      assertRefused(phone.account().whoAmI(), ProblemCode.TOKEN_INVALID);
      assertRefused(phone.logIn().logIn(Client.password()), ProblemCode.LOGIN_REFUSED);
      phone.granted(phone.logIn().logIn(NEW_PASSWORD.toCharArray()));
      tablet.granted(tablet.logInHere(NEW_PASSWORD));
      // And once more, from the device that was told of the new password by logging in.
      assertThat(phone.granted(phone.changePassword(NEW_PASSWORD, Client.PASSWORD))).isEqualTo(3);
      laptop.granted(laptop.logIn().logIn(Client.password()));
    }
  }

  /**
   * At each boundary of the steps: which server breaks off, when, and which password then holds.
   */
  @ParameterizedTest
  @CsvSource({
    "key server, /v1/records,             BEFORE_IT_ARRIVES, 1, old",
    "key server, /v1/records,             BEFORE_THE_ANSWER, 1, old",
    "server,     /v1/me/password,         BEFORE_IT_ARRIVES, 0, old",
    "server,     /v1/me/password,         BEFORE_THE_ANSWER, 0, new",
    "server,     /v1/key-server-tokens,   BEFORE_IT_ARRIVES, 2, new",
    "key server, /v1/records,             BEFORE_IT_ARRIVES, 2, new",
    "key server, /v1/records,             BEFORE_THE_ANSWER, 2, new",
  })
  void aPasswordChangeThatIsInterruptedLeavesOneValidPasswordAndNoKeyLost(
      String which, String path, Breaking how, int after, String holds) throws Exception {
    String name = "cut-%s-%d".formatted(which.charAt(0), System.nanoTime() % 1_000_000_000);
    try (Client laptop = Client.registered(server, name);
        LyingProxy server1 = LyingProxy.before(server);
        LyingProxy keyServer1 = LyingProxy.beforeKeyServer(both);
        Client phone = Client.meeting(server, name)) {
      laptop.home.rememberKeyServer(keyServer1.pin(laptop.keyServerPin()));
      laptop.reconnect(server1.pin(laptop.pin()));
      (which.equals("server") ? server1 : keyServer1).breakAt(path, how, after);
      try {
        laptop.granted(laptop.changePassword(Client.PASSWORD, NEW_PASSWORD));
      } catch (UnreachableException _) {
        // Told, where the outcome is not known.
      }
      server1.mend();
      keyServer1.mend();

      String valid = holds.equals("new") ? NEW_PASSWORD : Client.PASSWORD;
      String invalid = holds.equals("new") ? Client.PASSWORD : NEW_PASSWORD;
      assertRefused(laptop.logIn().logIn(invalid.toCharArray()), ProblemCode.LOGIN_REFUSED);
      laptop.granted(laptop.logIn().logIn(valid.toCharArray()));
      phone.granted(phone.logInHere(valid));
      // And what was begun stands in no later change's way.
      laptop.granted(laptop.changePassword(valid, "yet another password"));
      phone.granted(phone.logIn().logIn("yet another password".toCharArray()));
    }
  }

  @Test
  void recoversWithTheRecoveryKeyOnADeviceThatHasNothing() throws IOException {
    try (Client laptop = Client.meeting(server, "recover-erin");
        Client spare = Client.meeting(server, "recover-erin");
        Client phone = Client.meeting(server, "recover-erin")) {
      String recoveryKey = laptop.granted(laptop.apply()).recoveryKey();
      laptop.granted(laptop.verify(server.codeFor(laptop.contact())));

      long version = spare.granted(spare.recover(recoveryKey, NEW_PASSWORD));

      assertThat(version).isEqualTo(2);
      assertThat(spare.identity().signingSeed()).isEqualTo(laptop.identity().signingSeed());
      spare.granted(spare.account().whoAmI());
      assertRefused(laptop.account().whoAmI(), ProblemCode.TOKEN_INVALID);
      assertRefused(phone.logInHere(Client.PASSWORD), ProblemCode.LOGIN_REFUSED);
      phone.granted(phone.logInHere(NEW_PASSWORD));
      // The recovery key stays good, also on a device that has the account already.
      assertThat(spare.granted(spare.recover(recoveryKey, Client.PASSWORD))).isEqualTo(3);
    }
  }

  @Test
  void whatIsNoRecoveryKeyIsToldSoAndAnotherOnesIsRefused() throws IOException {
    try (Client laptop = Client.meeting(server, "recover-frank");
        Client other = Client.meeting(server, "recover-gina");
        Client spare = Client.meeting(server, "recover-frank")) {
      laptop.granted(laptop.apply());
      laptop.granted(laptop.verify(server.codeFor(laptop.contact())));
      String foreign = other.granted(other.apply()).recoveryKey();

      assertThatThrownBy(() -> spare.recover("tlr1 abcd", NEW_PASSWORD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not a recovery key");
      assertRefused(spare.recover(foreign, NEW_PASSWORD), ProblemCode.LOGIN_REFUSED);
      assertThat(spare.home.identity()).isEmpty();
    }
  }

  @Test
  void renewsKeysAndKeepsTheOldOnes() throws IOException {
    try (Client laptop = Client.registered(server, "renew-hugo");
        Client phone = Client.meeting(server, "renew-hugo");
        Client friend = Client.registered(server, "renew-friend");
        Client tablet = Client.meeting(server, "renew-hugo")) {
      phone.granted(phone.logInHere(Client.PASSWORD));
      friend.granted(friend.people().find(laptop.name));
      StoredIdentity before = laptop.identity();

      assertThat(laptop.granted(laptop.renewKeys())).isEqualTo(2);

      assertThat(laptop.identity().signingSeed()).isNotEqualTo(before.signingSeed());
      assertRefused(phone.account().whoAmI(), ProblemCode.TOKEN_INVALID);
      // A device with the keys before learns the new ones by logging in.
      phone.granted(phone.logIn().logIn(Client.password()));
      tablet.granted(tablet.logInHere(Client.PASSWORD));
      for (Client device : new Client[] {laptop, phone, tablet}) {
        assertThat(device.identity().entry().generation()).isEqualTo(2);
        assertThat(device.identity().entry()).isEqualTo(laptop.identity().entry());
        List<EncryptionKey> old = device.identity().privateEncryptionKeys(1);
        assertThat(old)
            .extracting(EncryptionKey::publicKey)
            .containsExactly(before.entry().encryptionKey());
        old.forEach(EncryptionKey::close);
        device.granted(device.account().devices());
      }
      assertThat(friend.granted(friend.people().find(laptop.name)).entry())
          .isEqualTo(laptop.identity().entry());
    }
  }

  @Test
  void afterManyRenewalsASecondDeviceHasEveryOldKey() throws IOException {
    try (Client laptop = Client.registered(server, "renew-irma");
        Client phone = Client.meeting(server, "renew-irma")) {
      for (int generation = 2; generation <= 18; generation++) {
        assertThat(laptop.granted(laptop.renewKeys())).isEqualTo(generation);
      }

      phone.granted(phone.logInHere(Client.PASSWORD));

      assertThat(phone.identity().oldKeys())
          .containsExactlyInAnyOrderElementsOf(laptop.identity().oldKeys())
          .hasSize(17);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "key server, /v1/records, BEFORE_IT_ARRIVES, 1, 1",
    "key server, /v1/records, BEFORE_THE_ANSWER, 1, 1",
    "server,     /v1/me/keys, BEFORE_IT_ARRIVES, 0, 1",
    "server,     /v1/me/keys, BEFORE_THE_ANSWER, 0, 2",
  })
  void aKeyRenewalThatIsInterruptedLosesNoKey(
      String which, String path, Breaking how, int after, long generation) throws Exception {
    String name = "kut-%s-%d".formatted(which.charAt(0), System.nanoTime() % 1_000_000_000);
    try (Client laptop = Client.registered(server, name);
        LyingProxy server1 = LyingProxy.before(server);
        LyingProxy keyServer1 = LyingProxy.beforeKeyServer(both);
        Client phone = Client.meeting(server, name)) {
      laptop.home.rememberKeyServer(keyServer1.pin(laptop.keyServerPin()));
      laptop.reconnect(server1.pin(laptop.pin()));
      (which.equals("server") ? server1 : keyServer1).breakAt(path, how, after);
      assertThatThrownBy(laptop::renewKeys).isInstanceOf(UnreachableException.class);
      server1.mend();
      keyServer1.mend();

      laptop.granted(laptop.logIn().logIn(Client.password()));
      assertThat(laptop.identity().entry().generation()).isEqualTo(generation);
      assertThat(laptop.granted(laptop.renewKeys())).isEqualTo(generation + 1);
      phone.granted(phone.logInHere(Client.PASSWORD));
      assertThat(phone.identity().oldKeys()).hasSize((int) generation);
    }
  }

  @Test
  void aDeletionThatIsInterruptedBetweenTheServersLosesNoKey() throws Exception {
    try (Client laptop = Client.registered(server, "delete-jona");
        LyingProxy cutting = LyingProxy.before(server);
        Client phone = Client.meeting(server, "delete-jona")) {
      laptop.reconnect(cutting.pin(laptop.pin()));
      cutting.breakAt("/v1/me/deletion", Breaking.BEFORE_IT_ARRIVES, 0);
      assertThatThrownBy(() -> laptop.delete(Client.PASSWORD))
          .isInstanceOf(UnreachableException.class);
      cutting.mend();

      laptop.granted(laptop.logIn().logIn(Client.password()));

      phone.granted(phone.logInHere(Client.PASSWORD));
      laptop.granted(laptop.delete(Client.PASSWORD));
      assertRefused(phone.logIn().logIn(Client.password()), ProblemCode.LOGIN_REFUSED);
    }
  }

  private static void assertRefused(Answer<?> answer, ProblemCode code) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.problem().code()).contains(code));
  }
}
