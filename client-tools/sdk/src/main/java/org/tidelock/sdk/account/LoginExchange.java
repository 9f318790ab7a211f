package org.tidelock.sdk.account;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.statement.LoginStatement;
import org.tidelock.protocol.statement.SessionProof;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Session;
import org.tidelock.protocol.wire.Token;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyTokens;
import org.tidelock.sdk.keys.PrivateKeys;

/**
 * What is said in a login, by password or by recovery key: the challenge and its answer, then the
 * session challenge and its answer. What the server says is checked here; what comes of it, the use
 * cases decide.
 */
final class LoginExchange {

  /** How the server is shown that the login is right, and under which path. */
  enum Way {
    PASSWORD("/v1/logins"),
    RECOVERY_KEY("/v1/recoveries");

    private final String path;

    Way(String path) {
      this.path = path;
    }
  }

  private final ServerConnection connection;
  private final Way way;

  LoginExchange(ServerConnection connection, Way way) {
    this.connection = connection;
    this.way = way;
  }

  Answer<Login.Challenge> begin(SigningKey device, Login.Start start) throws IOException {
    return connection.send(device, Request.post(way.path, start), Login.Challenge.class);
  }

  /** Answers the challenge with the auth key, the password's or the recovery key's. */
  Answer<Login.Granted> finish(
      SigningKey device, Login.Start start, Login.Challenge challenge, SigningKey authKey)
      throws IOException {
    LoginStatement statement = start.statement(connection.server(), challenge.serverNonce());
    var signed =
        switch (way) {
          case PASSWORD -> statement.withPassword(challenge.kdf());
          case RECOVERY_KEY -> statement.withRecoveryKey();
        };
    Answer<Login.Granted> answer =
        connection.send(
            device,
            Request.post(
                way.path + "/finish", new Login.Finish(challenge.login(), authKey.sign(signed))),
            Login.Granted.class);
    if (answer instanceof Answer.Granted<Login.Granted>(Login.Granted granted)) {
      requireProven(granted);
    }
    return answer;
  }

  /** The server's log has the keys it names, and they signed themselves. */
  private void requireProven(Login.Granted granted) throws LyingServerException {
    KeyLogEntry entry = granted.entry();
    if (!entry.account().equals(granted.account())
        || !entry.signingKey().verifies(entry.statement(connection.server()), entry.signature())
        || !granted
            .proof()
            .proves(entry, connection.server(), connection.pin().info().signingKey())) {
      throw new LyingServerException(
          "the server does not prove that the account's keys stand in its log");
    }
  }

  /** Who the owner is on a device that had nothing of the account, with the keys unwrapped. */
  static StoredIdentity onNewDevice(
      SigningKey device,
      Login.Start start,
      PasswordKdf kdf,
      Login.Granted granted,
      PrivateKeys own) {
    try (SecretBytes deviceSeed = device.revealSeed()) {
      return new StoredIdentity(
          start.name(),
          start.device(),
          start.deviceName(),
          Bytes.of(deviceSeed.revealCopy()),
          granted.entry(),
          own.signingSeed(),
          own.encryptionKey(),
          kdf,
          granted.passwordVersion(),
          List.of(),
          own.older());
    }
  }

  /** Refuses a derivation that is cheaper than one seen before. */
  static void requireNotWeaker(PasswordKdf found, PasswordKdf seen) throws LyingServerException {
    if (found.cost().isWeakerThan(seen.cost())) {
      throw new LyingServerException(
          "the server asks for a cheaper derivation of the password (%s) than it had (%s)"
              .formatted(found.cost(), seen.cost()));
    }
  }

  /** Tokens for the key server, given for the login token. */
  KeyTokens keyTokens(SigningKey device, Token loginToken) {
    return action ->
        connection
            .send(
                device,
                Request.post("/v1/key-server-tokens", new KeyServing.TokenRequest(action))
                    .with(loginToken),
                KeyServing.TokenReply.class)
            .map(KeyServing.TokenReply::token);
  }

  /** Both steps of the session challenge, which only the account's private keys can answer. */
  Answer<Session.Tokens> openSession(StoredIdentity identity, SigningKey device, Token loginToken)
      throws IOException {
    return connection
        .send(
            device, Request.post("/v1/session/challenge").with(loginToken), Session.Challenge.class)
        .then(
            challenge ->
                connection.send(
                    device,
                    Request.post("/v1/session", answer(identity, device, challenge))
                        .with(loginToken),
                    Session.Tokens.class));
  }

  private Session.Answer answer(
      StoredIdentity identity, SigningKey device, Session.Challenge challenge)
      throws LyingServerException {
    SessionProof proof =
        new SessionProof(
            connection.server(),
            identity.entry().account(),
            identity.device(),
            device.publicKey(),
            challenge.challenge());
    try (EncryptionKey key = identity.privateEncryptionKey();
        SecretBytes token = opened(proof.open(key, challenge.sealed()))) {
      Bytes code = proof.code(token, challenge.sealed());
      return new Session.Answer(challenge.challenge(), code, certificate(identity, device));
    }
  }

  private DeviceCertificate certificate(StoredIdentity identity, SigningKey device) {
    try (SigningKey signing = identity.signingKey()) {
      return DeviceCertificate.sign(
          connection.server(),
          identity.entry().account(),
          identity.entry().generation(),
          signing,
          identity.device(),
          device.publicKey(),
          identity.deviceName(),
          Instant.ofEpochMilli(connection.clock().millis()));
    }
  }

  private static SecretBytes opened(Opening opening) throws LyingServerException {
    return switch (opening) {
      case Opening.Opened(SecretBytes token) -> token;
      case Opening.Refused _ ->
          throw new LyingServerException(
              "what the server sent as a session challenge is none for this account and device");
    };
  }
}
