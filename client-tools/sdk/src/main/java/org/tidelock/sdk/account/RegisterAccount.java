package org.tidelock.sdk.account;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
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
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.home.StoredRegistration;

/** Makes all keys of a new account and applies for it. */
public final class RegisterAccount {

  private final ServerConnection connection;
  private final ClientHome home;

  public RegisterAccount(ServerConnection connection, ClientHome home) {
    this.connection = connection;
    this.home = home;
  }

  /**
   * Applied: a code is on its way.
   *
   * @param recoveryKey to be shown once and written down; it is kept nowhere
   * @param expiresAt until when the code is taken
   */
  public record Applied(String recoveryKey, Instant expiresAt) {

    @Override
    public String toString() {
      return "Applied[expiresAt=%s]".formatted(expiresAt);
    }
  }

  /**
   * Applies. The identity waits in the home for {@link VerifyRegistration}.
   *
   * @param password the caller wipes it
   * @throws IllegalStateException if the home has an identity already
   */
  public Answer<Applied> apply(
      AccountName name, Contact contact, DeviceName deviceName, char[] password)
      throws IOException {
    if (home.identity().isPresent()) {
      throw new IllegalStateException("the home belongs to an account already");
    }
    try (PasswordKeys passwordKeys =
            PasswordKeys.derive(password, PasswordKdf.fresh(Argon2Cost.DEFAULT));
        RecoveryKey recovery = RecoveryKey.generate();
        AccountKey accountKey = AccountKey.generate();
        SigningKey signing = SigningKey.generate();
        SigningKey device = SigningKey.generate();
        EncryptionKey encryption = EncryptionKey.generate(Suite.X25519)) {
      NewKeys keys = new NewKeys(passwordKeys, recovery, accountKey, signing, device, encryption);
      Registration.Request request = request(name, contact, deviceName, keys);
      Answer<Registration.Started> answer =
          connection.send(
              device, Request.post("/v1/registrations", request), Registration.Started.class);
      if (answer instanceof Answer.Granted<Registration.Started>(Registration.Started started)) {
        home.keep(wrapped(keys, request.entry().account()));
        home.keep(
            new StoredRegistration(
                started.registration(), started.expiresAt(), identity(request, keys)));
      }
      return answer.map(started -> new Applied(recovery.revealText(), started.expiresAt()));
    }
  }

  private record NewKeys(
      PasswordKeys password,
      RecoveryKey recovery,
      AccountKey account,
      SigningKey signing,
      SigningKey device,
      EncryptionKey encryption) {}

  private Registration.Request request(
      AccountName name, Contact contact, DeviceName deviceName, NewKeys keys) {
    ServerId server = connection.server();
    AccountId account = AccountId.random();
    Instant now = Instant.ofEpochMilli(connection.clock().millis());
    KeyLogEntry entry =
        KeyLogEntry.first(server, account, keys.signing(), keys.encryption().publicKey(), now);
    DeviceCertificate device =
        DeviceCertificate.sign(
            server,
            account,
            1,
            keys.signing(),
            DeviceId.random(),
            keys.device().publicKey(),
            deviceName,
            now);
    return Registration.Request.sign(
        server, name, contact, keys.password(), keys.recovery(), keys.signing(), entry, device);
  }

  private static KeyServing.Records wrapped(NewKeys keys, AccountId account) {
    return new KeyServing.Records(
        List.of(
            keys.password().wrap(keys.account(), account, 1),
            keys.recovery().wrap(keys.account(), account, 1),
            keys.account().wrap(keys.encryption().publicKey().suite(), keys.signing(), account, 1),
            keys.account().wrap(keys.encryption(), account, 1)));
  }

  private static StoredIdentity identity(Registration.Request request, NewKeys keys) {
    return new StoredIdentity(
        request.name(),
        request.device().device(),
        request.device().name(),
        reveal(keys.device().revealSeed()),
        request.entry(),
        reveal(keys.signing().revealSeed()),
        reveal(keys.encryption().revealPrivate()),
        request.kdf(),
        1,
        List.of(),
        List.of());
  }

  private static Bytes reveal(SecretBytes secret) {
    try (secret) {
      return Bytes.of(secret.revealCopy());
    }
  }
}
