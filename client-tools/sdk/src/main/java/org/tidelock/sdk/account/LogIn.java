package org.tidelock.sdk.account;

import java.io.IOException;
import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.statement.LoginStatement;
import org.tidelock.protocol.statement.SessionProof;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Session;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;

/**
 * Logs this device in: the password's key signs both nonces, then the account's private key answers
 * the session challenge.
 */
public final class LogIn {

  private final ServerConnection connection;
  private final ClientHome home;

  public LogIn(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
  }

  /**
   * Logs in.
   *
   * @param password the caller wipes it
   * @throws IllegalStateException if the home has no identity
   * @throws LyingServerException if the server lowers the cost of the password, rolls its version
   *     back, or names other keys than this device's
   */
  public Answer<Instant> logIn(char[] password) throws IOException {
    StoredIdentity identity =
        home.identity()
            .orElseThrow(() -> new IllegalStateException("the home belongs to no account yet"));
    try (SigningKey device = identity.deviceKey()) {
      Login.Start start = start(identity, device);
      Answer<Login.Challenge> challenged =
          connection.send(device, Request.post("/v1/logins", start), Login.Challenge.class);
      return switch (challenged) {
        case Answer.Refused<Login.Challenge>(var problem) -> new Answer.Refused<>(problem);
        case Answer.Granted<Login.Challenge>(Login.Challenge challenge) ->
            finish(identity, device, start, challenge, password);
      };
    }
  }

  private static Login.Start start(StoredIdentity identity, SigningKey device) {
    return new Login.Start(
        identity.name(),
        RandomBytes.ofLength(LoginStatement.NONCE_BYTES),
        identity.device(),
        device.publicKey(),
        identity.deviceName());
  }

  private Answer<Instant> finish(
      StoredIdentity identity,
      SigningKey device,
      Login.Start start,
      Login.Challenge challenge,
      char[] password)
      throws IOException {
    PasswordKdf kdf = challenge.kdf();
    if (kdf.cost().isWeakerThan(identity.kdf().cost())) {
      throw new LyingServerException(
          "the server asks for a cheaper derivation of the password (%s) than it had (%s)"
              .formatted(kdf.cost(), identity.kdf().cost()));
    }
    Signature signature;
    try (PasswordKeys keys = PasswordKeys.derive(password, kdf)) {
      signature = keys.authKey().sign(statement(start, challenge).withPassword(kdf));
    }
    Answer<Login.Granted> answer =
        connection.send(
            device,
            Request.post("/v1/logins/finish", new Login.Finish(challenge.login(), signature)),
            Login.Granted.class);
    return switch (answer) {
      case Answer.Refused<Login.Granted>(var problem) -> new Answer.Refused<>(problem);
      case Answer.Granted<Login.Granted>(Login.Granted granted) ->
          openSession(identity, device, kdf, granted);
    };
  }

  private LoginStatement statement(Login.Start start, Login.Challenge challenge) {
    return new LoginStatement(
        connection.server(),
        start.name(),
        start.clientNonce(),
        challenge.serverNonce(),
        start.device(),
        start.deviceKey());
  }

  private Answer<Instant> openSession(
      StoredIdentity identity, SigningKey device, PasswordKdf kdf, Login.Granted granted)
      throws IOException {
    requireOwnAccount(identity, granted);
    Answer<Session.Challenge> challenged =
        connection.send(
            device,
            Request.post("/v1/session/challenge").with(granted.token()),
            Session.Challenge.class);
    if (challenged instanceof Answer.Refused<Session.Challenge>(var problem)) {
      return new Answer.Refused<>(problem);
    }
    Session.Challenge challenge = ((Answer.Granted<Session.Challenge>) challenged).value();
    Answer<Session.Tokens> opened =
        connection.send(
            device,
            Request.post("/v1/session", answer(identity, device, challenge)).with(granted.token()),
            Session.Tokens.class);
    if (opened instanceof Answer.Granted<Session.Tokens>(Session.Tokens tokens)) {
      home.keep(identity.loggedIn(tokens, kdf, granted.passwordVersion()));
    }
    return opened.map(Session.Tokens::refreshExpiresAt);
  }

  private void requireOwnAccount(StoredIdentity identity, Login.Granted granted)
      throws LyingServerException {
    if (granted.passwordVersion() < identity.passwordVersion()) {
      throw new LyingServerException(
          "the server says that password %d is valid; it said %d before"
              .formatted(granted.passwordVersion(), identity.passwordVersion()));
    }
    if (!granted.entry().equals(identity.entry())
        || !granted
            .proof()
            .proves(granted.entry(), connection.server(), connection.pin().info().signingKey())) {
      throw new LyingServerException(
          "the server names other keys for this account than this device has (generation %d; %d"
                  .formatted(granted.entry().generation(), identity.entry().generation())
              + " here): if they were renewed on another device, set this one up anew");
    }
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
