package org.tidelock.keyserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.keyserver.testing.KeyOwner;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.keys.AccountKey;
import org.tidelock.protocol.keys.KeyPurpose;
import org.tidelock.protocol.keys.Unwrapping;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Session;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.testing.Person;

/** Document 003, step by step, between both servers over real sockets. */
class Document003Test {

  private static RunningKeyServer running;

  @BeforeAll
  static void start() throws Exception {
    running = RunningKeyServer.start();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** Create keypair, steps 1 and 2: createKeys, encryptKeys. */
  @Test
  void createKeyPairAndEncryptThePrivateKey() {
    KeyOwner alice = KeyOwner.registered(running, "alice");

    WrappedKey encrypted = alice.wrapped().getFirst();

    assertThat(encrypted.iv().length()).isEqualTo(12);
    assertThat(encrypted.salt()).isEqualTo(alice.person.password.kdf().salt());
    assertThat(alice.person.password.unwrap(encrypted, alice.person.id, 1))
        .isInstanceOf(Unwrapping.Unwrapped.class);
    assertThat(Person.freshPassword().unwrap(encrypted, alice.person.id, 1))
        .isInstanceOf(Unwrapping.WrongKey.class);
  }

  /** Steps 3 and 4: the public key is stored on the server. */
  @Test
  void putPublicKeyOnTheServer() {
    KeyOwner bob = KeyOwner.registered(running, "bob");

    Directory.Person person =
        bob.device.get("/v1/people/bob", bob.accessToken()).as(Directory.Person.class);

    assertThat(person.entry().encryptionKey()).isEqualTo(bob.person.encryption.publicKey());
  }

  /** Steps 5 and 6: an access token for the key server. */
  @Test
  void getAccessToken() {
    KeyOwner carol = KeyOwner.registered(running, "carol");

    Token token = carol.token(Action.WRITE);

    // It is good at the key server only.
    assertThat(carol.device.get("/v1/me", token).problem()).isEqualTo(ProblemCode.TOKEN_INVALID);
  }

  /** Steps 7 to 10: the private key with iv and salt is stored once the server knows the user. */
  @Test
  void putPrivateKeyAndTheServerValidatesTheUser() {
    KeyOwner dave = KeyOwner.registered(running, "dave");

    assertThat(dave.put(dave.token(Action.WRITE), dave.wrapped()).status()).isEqualTo(204);
    assertThat(dave.put(Token.random(), dave.wrapped()).problem())
        .isEqualTo(ProblemCode.TOKEN_INVALID);
    assertThat(dave.fetched()).containsExactlyInAnyOrderElementsOf(dave.wrapped());
  }

  /** Get private key: on another device, with no more than the password. */
  @Test
  void getPrivateKeyOnAnotherDevice() {
    KeyOwner erin = KeyOwner.registered(running, "erin");
    erin.put(erin.token(Action.WRITE), erin.wrapped());
    Person.Device laptop = erin.person.newDevice();
    Login.Granted granted = laptop.login().as(Login.Granted.class);

    List<WrappedKey> records = erin.get(erin.tokenOf(laptop, granted.token(), Action.READ));

    Unwrapping unwrapped =
        erin.person.password.unwrap(
            only(records, KeyPurpose.ACCOUNT_KEY_BY_PASSWORD),
            erin.person.id,
            granted.passwordVersion());
    assertThat(unwrapped).isInstanceOf(Unwrapping.Unwrapped.class);
    try (AccountKey accountKey =
        AccountKey.fromSecret(((Unwrapping.Unwrapped) unwrapped).secret())) {
      assertThat(
              accountKey.unwrap(
                  only(records, KeyPurpose.ENCRYPTION_KEY),
                  granted.entry().encryptionKey(),
                  erin.person.id,
                  1))
          .isInstanceOf(Unwrapping.Unwrapped.class);
    }
  }

  /** Session challenge: an encrypted token, decrypted with the private key, proved to be known. */
  @Test
  void sessionChallenge() {
    KeyOwner frank = KeyOwner.registered(running, "frank");
    Person.Device laptop = frank.person.newDevice();
    Login.Granted granted = laptop.login().as(Login.Granted.class);

    Session.Tokens tokens = laptop.openSession(granted.token()).as(Session.Tokens.class);

    assertThat(laptop.get("/v1/me", tokens.accessToken()).as(Session.WhoAmI.class).account())
        .isEqualTo(frank.person.id);
  }

  private static WrappedKey only(List<WrappedKey> records, KeyPurpose purpose) {
    return records.stream().filter(record -> record.purpose() == purpose).findFirst().orElseThrow();
  }
}
