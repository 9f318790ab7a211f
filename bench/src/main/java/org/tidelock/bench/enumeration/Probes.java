package org.tidelock.bench.enumeration;

import java.io.IOException;
import java.time.Instant;
import org.tidelock.bench.service.User;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.keys.RecoveryKey;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;

/** What a stranger can ask about a name, each with all its work done before the clock starts. */
final class Probes {

  private final ServerConnection connection;
  private final SigningKey stranger = SigningKey.generate();

  Probes(ServerConnection connection) {
    this.connection = connection;
  }

  /** A call ready to be sent. */
  interface Probe {
    Object send() throws IOException;
  }

  Probe prelogin(AccountName name) {
    Request request = Request.ask("/v1/prelogin", new Login.Prelogin(name));
    return () -> answer(connection.send(stranger, request, Login.PreloginReply.class));
  }

  Probe loginStart(AccountName name) {
    Request request = Request.post("/v1/logins", start(name));
    return () -> answer(connection.send(stranger, request, Login.Challenge.class));
  }

  /** With a signature by a key that is not the name's. */
  Probe loginFinish(AccountName name) throws IOException {
    Login.Challenge challenge =
        User.requireGranted(
            connection.send(
                stranger, Request.post("/v1/logins", start(name)), Login.Challenge.class));
    Signature wrong = stranger.sign(new Canonical("tidelock/v1/login"));
    Request request = Request.post("/v1/logins/finish", new Login.Finish(challenge.login(), wrong));
    return () -> answer(connection.send(stranger, request, Login.Granted.class));
  }

  /** For a name that may be taken, and a contact that is not, or the other way round. */
  Probe registration(AccountName name, Contact contact) {
    ServerId server = connection.server();
    Instant now = Instant.ofEpochMilli(connection.clock().millis());
    SigningKey signing = SigningKey.generate();
    EncryptionKey encryption = EncryptionKey.generate(Suite.X25519);
    RecoveryKey recovery = RecoveryKey.generate();
    PasswordKeys password =
        PasswordKeys.fromMaster(SecretBytes.random(32), PasswordKdf.fresh(Argon2Cost.DEFAULT));
    AccountId account = AccountId.random();
    KeyLogEntry entry = KeyLogEntry.first(server, account, signing, encryption.publicKey(), now);
    DeviceCertificate device =
        DeviceCertificate.sign(
            server,
            account,
            1,
            signing,
            DeviceId.random(),
            stranger.publicKey(),
            new DeviceName("stranger"),
            now);
    Request request =
        Request.post(
            "/v1/registrations",
            Registration.Request.sign(
                server, name, contact, password, recovery, signing, entry, device));
    return () -> answer(connection.send(stranger, request, Registration.Started.class));
  }

  private Login.Start start(AccountName name) {
    return Login.Start.fresh(
        name, DeviceId.random(), stranger.publicKey(), new DeviceName("stranger"));
  }

  private static Object answer(Answer<?> answer) {
    return switch (answer) {
      case Answer.Granted<?>(Object value) -> value;
      case Answer.Refused<?>(var problem) -> problem;
    };
  }
}
