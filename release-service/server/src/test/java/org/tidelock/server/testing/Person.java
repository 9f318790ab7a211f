package org.tidelock.server.testing;

import java.time.Instant;
import java.util.UUID;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keys.AccountKey;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.keys.RecoveryKey;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.statement.LoginStatement;
import org.tidelock.protocol.statement.SessionProof;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.protocol.wire.Session;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.testing.Wire.Answer;

/** Somebody with an account: all the keys that a real client would hold, and its requests. */
public final class Person {

  public final AccountName name;
  public final Contact contact;
  public final AccountId id = AccountId.random();
  public final AccountKey accountKey = AccountKey.generate();
  public final RecoveryKey recovery = RecoveryKey.generate();
  public PasswordKeys password = freshPassword();
  public SigningKey signing = SigningKey.generate();
  public EncryptionKey encryption = EncryptionKey.generate(Suite.X25519);
  public KeyLogEntry entry;

  private Wire wire;

  public Person(Wire wire, String name) {
    this(wire, name, Contact.mail(name + "@" + UUID.randomUUID() + ".example.org"));
  }

  public Person(Wire wire, String name, Contact contact) {
    this.wire = wire;
    this.name = new AccountName(name);
    this.contact = contact;
    this.entry =
        KeyLogEntry.first(
            wire.info().server(), id, signing, encryption.publicKey(), wire.clock().instant());
  }

  /** Keys as a password gives them, without the time that Argon2 takes. */
  public static PasswordKeys freshPassword() {
    return PasswordKeys.fromMaster(SecretBytes.random(32), PasswordKdf.fresh(Argon2Cost.DEFAULT));
  }

  /** One of the person's devices. */
  public final class Device {
    public final DeviceId id = DeviceId.random();
    public final SigningKey key = SigningKey.generate();

    public DeviceCertificate certificate() {
      return DeviceCertificate.sign(
          wire.info().server(),
          Person.this.id,
          entry.generation(),
          signing,
          id,
          key.publicKey(),
          new DeviceName("a device"),
          wire.clock().instant());
    }

    public Answer register() {
      return wire.signed(key, "POST", "/v1/registrations", null, application());
    }

    public Registration.Request application() {
      return Registration.Request.sign(
          wire.info().server(), name, contact, password, recovery, signing, entry, certificate());
    }

    public Answer verify(Registration.Started started, String code) {
      return wire.signed(
          key,
          "POST",
          "/v1/registrations/verify",
          null,
          new Registration.Verification(started.registration(), code));
    }

    /** Both steps of a login with the present password. */
    public Answer login() {
      return login("/v1/logins", password.authKey(), false);
    }

    /** Both steps of a login with the recovery key. */
    public Answer recover() {
      return login("/v1/recoveries", recovery.authKey(), true);
    }

    public Answer login(String path, SigningKey authKey, boolean byRecovery) {
      Login.Start start = Login.Start.fresh(name, id, key.publicKey(), new DeviceName("a device"));
      Login.Challenge challenge =
          wire.signed(key, "POST", path, null, start).as(Login.Challenge.class);
      LoginStatement statement = start.statement(wire.info().server(), challenge.serverNonce());
      return wire.signed(
          key,
          "POST",
          path + "/finish",
          null,
          new Login.Finish(
              challenge.login(),
              authKey.sign(
                  byRecovery
                      ? statement.withRecoveryKey()
                      : statement.withPassword(challenge.kdf()))));
    }

    /** Both steps of the session challenge. */
    public Answer openSession(Token loginToken) {
      Session.Challenge challenge =
          wire.signed(key, "POST", "/v1/session/challenge", loginToken, null)
              .as(Session.Challenge.class);
      SessionProof proof =
          new SessionProof(
              wire.info().server(), Person.this.id, id, key.publicKey(), challenge.challenge());
      Opening opening = proof.open(encryption, challenge.sealed());
      if (!(opening instanceof Opening.Opened(SecretBytes token))) {
        throw new AssertionError("the challenge does not open");
      }
      return wire.signed(
          key,
          "POST",
          "/v1/session",
          loginToken,
          new Session.Answer(
              challenge.challenge(), proof.code(token, challenge.sealed()), certificate()));
    }

    /** A login and its session. */
    public Session.Tokens session() {
      Token token = login().as(Login.Granted.class).token();
      return openSession(token).as(Session.Tokens.class);
    }

    public Answer get(String path, Token token) {
      return wire.send("GET", path, token, null);
    }

    public Answer post(String path, Token token, Object body) {
      return wire.signed(key, "POST", path, token, body);
    }

    public Answer postNothing(String path, Token token) {
      return wire.signed(key, "POST", path, token, null);
    }

    public Answer put(String path, Token token, Object body) {
      return wire.signed(key, "PUT", path, token, body);
    }

    public Answer putNothing(String path, Token token) {
      return wire.signed(key, "PUT", path, token, null);
    }

    /** Comes online. */
    public EventSocket events(Token token) throws Exception {
      return wire.events(key, token);
    }

    public Answer delete(String path, Token token) {
      return wire.signed(key, "DELETE", path, token, null);
    }
  }

  public Device newDevice() {
    return new Device();
  }

  /** From now on this person speaks to another node. */
  public void speakThrough(Wire other) {
    wire = other;
  }

  public ServerId serverId() {
    return wire.info().server();
  }

  public Instant now() {
    return wire.clock().instant();
  }

  /** Registers on a new device, with the code that comes by mail. */
  public Registered register(RunningServer server) {
    Device device = newDevice();
    Registration.Started started = device.register().as(Registration.Started.class);
    Answer answer = device.verify(started, server.codeFor(contact));
    if (answer.status() != 201) {
      throw new AssertionError(answer.text());
    }
    return new Registered(device, answer.as(Session.Opened.class));
  }

  public record Registered(Device device, Session.Opened opened) {
    public Token token() {
      return opened.tokens().accessToken();
    }
  }
}
