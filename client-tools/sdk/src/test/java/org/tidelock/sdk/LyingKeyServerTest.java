package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogHead;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.keys.KeyDerivation;
import org.tidelock.protocol.keys.KeyPurpose;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.sdk.LyingProxy.Passed;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.ServerPin;

/** Lies about wrapped keys, each noticed by a device that has nothing but the password. */
@SuppressWarnings("NullAway.Init") // Started before the tests.
class LyingKeyServerTest {

  private static RunningKeyServer both;
  private static int people;

  private LyingProxy liar;
  private Client laptop;
  private Client phone;

  @BeforeAll
  static void startServers() throws Exception {
    both = RunningKeyServer.start();
  }

  @AfterAll
  static void stopServers() {
    both.close();
  }

  @BeforeEach
  void start() throws Exception {
    liar = LyingProxy.beforeKeyServer(both);
    String name = "owner-" + people++;
    laptop = Client.registered(both.server(), name);
    phone = Client.meeting(both.server(), name);
    phone.reconnectToKeyServer(liar.pin(laptop.keyServerPin()));
  }

  @AfterEach
  void stop() {
    phone.close();
    laptop.close();
    liar.close();
  }

  @Test
  void anHonestProxyIsNotNoticed() throws IOException {
    phone.granted(phone.logInHere(Client.PASSWORD));
  }

  @Test
  void aRolledBackAccountKeyIsRefused() throws IOException {
    KeyServing.Records before = recorded();
    laptop.granted(laptop.changePassword(Client.PASSWORD, "a new password"));
    answer(_ -> before.records());

    assertThatThrownBy(() -> phone.logInHere("a new password"))
        .isInstanceOf(LyingServerException.class)
        .hasMessage("the key server rolled back: it gives the record of password 1; 2 is valid");
  }

  @Test
  void rolledBackPrivateKeysAreRefused() throws IOException {
    KeyServing.Records before = recorded();
    laptop.granted(laptop.renewKeys());
    answer(_ -> before.records());

    assertNoticed("rolled back: it gives the record of signing key of generation 1; 2 is valid");
  }

  @Test
  void aSwappedRecordIsRefused() {
    answer(
        records ->
            records.stream()
                .map(record -> with(record, record.kdf(), flipped(record.ciphertext(), 0)))
                .toList());

    assertNoticed("is not this account's: it was wrapped under another key");
  }

  @Test
  void anAlteredRecordIsRefused() {
    answer(
        records ->
            records.stream()
                .map(
                    record ->
                        record.purpose() == KeyPurpose.ENCRYPTION_KEY
                            ? with(record, record.kdf(), flipped(record.ciphertext(), 40))
                            : record)
                .toList());

    assertNoticed("purpose encryption-key, version 1 is not this account's: it was altered");
  }

  @Test
  void recordsOfSomebodyElseAreRefused() throws IOException {
    KeyServing.Records others;
    try (Client other = Client.registered(both.server(), "other-" + people++);
        Client reading = Client.meeting(both.server(), other.name.value())) {
      reading.reconnectToKeyServer(liar.pin(other.keyServerPin()));
      others = recordedBy(reading);
    }
    answer(
        records ->
            records.stream()
                .map(
                    record ->
                        record.purpose() == KeyPurpose.SIGNING_KEY
                            ? only(others, KeyPurpose.SIGNING_KEY)
                            : record)
                .toList());

    assertNoticed("of another public key than the server's log has: one of both was swapped");
  }

  @Test
  void aRecordThatStatesACheaperDerivationIsRefused() {
    KeyDerivation cheap = new KeyDerivation.FromPassword(new Argon2Cost(19 * 1024, 2, 1));
    answer(
        records ->
            records.stream()
                .map(
                    record ->
                        record.purpose() == KeyPurpose.ACCOUNT_KEY_BY_PASSWORD
                            ? with(record, cheap, record.ciphertext())
                            : record)
                .toList());

    assertNoticed("states another derivation of the password (argon2id$v=19$m=19456,t=2,p=1)");
  }

  @Test
  void withheldRecordsAreToldAsSuch() {
    answer(_ -> List.of());
    assertNoticed("no record of purpose account-key-by-password: it lost or withholds it");
  }

  @Test
  void anotherCertificateOfTheKeyServerIsRefused() throws Exception {
    try (RunningKeyServer another = RunningKeyServer.start()) {
      ServerPin pinned = laptop.keyServerPin();
      phone.reconnectToKeyServer(
          new ServerPin(
              "https://localhost:" + another.keyServer().port(),
              pinned.certificate(),
              pinned.info()));

      assertNoticed("certificate is not the one it had when it was first met");
    }
  }

  /** The server swaps the account's public keys, in a log of its own making, under a right head. */
  @Test
  void publicKeysThatTheServerSwappedAreRefused() throws Exception {
    try (LyingProxy server = LyingProxy.before(both.server())) {
      phone.reconnect(server.pin(phone.pin()));
      KeyLogEntry forged =
          KeyLogEntry.first(
              server.server(),
              laptop.identity().entry().account(),
              SigningKey.generate(),
              EncryptionKey.generate(Suite.X25519).publicKey(),
              Instant.EPOCH);
      KeyLogHead head =
          KeyLogHead.sign(server.server(), server.serverKey(), 1, forged.leafHash(), Instant.EPOCH);
      server.lieAbout(
          "/v1/logins/finish",
          changing(
              Login.Granted.class,
              granted ->
                  new Login.Granted(
                      granted.account(),
                      granted.passwordVersion(),
                      granted.recoveryVersion(),
                      forged,
                      new KeyLogProof(0, List.of(), head),
                      granted.token(),
                      granted.expiresAt())));

      assertNoticed("of another public key than the server's log has: one of both was swapped");
    }
  }

  private void assertNoticed(String words) {
    assertThatThrownBy(() -> phone.logInHere(Client.PASSWORD))
        .isInstanceOf(LyingServerException.class)
        .hasMessageContaining(words);
  }

  /** What the key server says now, taken down by a device that logs in through the proxy. */
  private KeyServing.Records recorded() throws IOException {
    try (Client reading = Client.meeting(both.server(), laptop.name.value())) {
      reading.reconnectToKeyServer(liar.pin(laptop.keyServerPin()));
      return recordedBy(reading);
    }
  }

  private KeyServing.Records recordedBy(Client reading) throws IOException {
    AtomicReference<KeyServing.Records> seen =
        new AtomicReference<>(new KeyServing.Records(List.of()));
    liar.lieAbout(
        "/v1/records",
        changing(
            KeyServing.Records.class,
            records -> {
              seen.set(records);
              return records;
            }));
    reading.granted(reading.logInHere(Client.PASSWORD));
    return seen.get();
  }

  private void answer(UnaryOperator<List<WrappedKey>> lie) {
    liar.lieAbout(
        "/v1/records",
        changing(
            KeyServing.Records.class,
            records -> new KeyServing.Records(lie.apply(records.records()))));
  }

  private static WrappedKey only(KeyServing.Records records, KeyPurpose purpose) {
    return records.records().stream()
        .filter(record -> record.purpose() == purpose)
        .findFirst()
        .orElseThrow();
  }

  private static Bytes flipped(Bytes bytes, int at) {
    byte[] changed = bytes.toArray();
    changed[at] ^= 1;
    return Bytes.of(changed);
  }

  private static WrappedKey with(WrappedKey record, KeyDerivation kdf, Bytes ciphertext) {
    return new WrappedKey(
        record.suite(),
        record.account(),
        record.purpose(),
        record.version(),
        kdf,
        record.salt(),
        record.iv(),
        record.publicKey(),
        ciphertext);
  }

  private static <T> UnaryOperator<Passed> changing(Class<T> type, UnaryOperator<T> change) {
    return honest ->
        switch (WireJson.read(honest.body().toArray(), type)) {
          case WireJson.Reading.Read<T>(T value) ->
              new Passed(honest.status(), Bytes.of(WireJson.write(change.apply(value))));
          default -> honest;
        };
  }
}
