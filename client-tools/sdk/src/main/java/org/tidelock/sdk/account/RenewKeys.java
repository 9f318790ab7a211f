package org.tidelock.sdk.account;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keys.AccountKey;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.connection.Done;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.connection.Request;
import org.tidelock.sdk.connection.ServerConnection;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.home.ClientHome;
import org.tidelock.sdk.home.StoredIdentity;
import org.tidelock.sdk.keys.KeyServerConnection;

/**
 * Gives the account new signing and encryption keys: their private halves to the key server, then
 * the public ones to the server, approved by the keys before and by the password. The private keys
 * before stay, wrapped and here: what is sealed to them still opens. Interrupted anywhere, the next
 * login finds whichever keys are valid.
 */
public final class RenewKeys {

  private final ServerConnection connection;
  private final KeyServerConnection keyServer;
  private final ClientHome home;
  private final OwnSession session;
  private final AccountKeys accountKeys;

  public RenewKeys(ServerConnection connection, KeyServerConnection keyServer, ClientHome home) {
    this.connection = connection;
    this.keyServer = keyServer;
    this.home = home;
    this.session = new OwnSession(connection, home);
    this.accountKeys = new AccountKeys(connection, keyServer, home);
  }

  /**
   * Renews them. Every other device of the account has to log in again.
   *
   * @param password the caller wipes it
   * @return the generation of the new keys
   * @throws UnreachableException if a server does not answer: then a login tells which keys are
   *     valid
   * @throws LyingServerException if the key server's records are not the account's, or the server
   *     does not prove that the new keys stand in its log
   */
  public Answer<Long> renew(char[] password) throws IOException {
    StoredIdentity identity = session.identity();
    try (PasswordKeys keys = PasswordKeys.derive(password, identity.kdf());
        SigningKey signing = SigningKey.generate();
        EncryptionKey encryption = EncryptionKey.generate(identity.entry().suite())) {
      return accountKeys
          .unwrapped(keys)
          .then(accountKey -> store(identity, accountKey, signing, encryption))
          .then(_ -> post(identity, keys, signing, encryption));
    }
  }

  private Answer<Done> store(
      StoredIdentity identity, AccountKey accountKey, SigningKey signing, EncryptionKey encryption)
      throws IOException {
    KeyLogEntry before = identity.entry();
    long generation = before.generation() + 1;
    try (accountKey;
        SigningKey device = identity.deviceKey()) {
      List<WrappedKey> records =
          List.of(
              accountKey.wrap(
                  encryption.publicKey().suite(), signing, before.account(), generation),
              accountKey.wrap(encryption, before.account(), generation));
      return keyServer.store(device, session.keyTokens(), records);
    }
  }

  private Answer<Long> post(
      StoredIdentity identity, PasswordKeys keys, SigningKey signing, EncryptionKey encryption)
      throws IOException {
    AccountChange.KeyRenewal renewal = renewal(identity, keys, signing, encryption);
    return session
        .send(Request.post("/v1/me/keys", renewal), AccountChange.Renewed.class)
        .then(
            renewed -> {
              requireProven(renewal.entry(), renewed);
              StoredIdentity now = withNewKeys(identity, renewal.entry(), signing, encryption);
              home.keep(now.loggedIn(renewed.tokens()));
              new KnownLog(connection, home).require(renewed.proof().head());
              return new Answer.Granted<>(renewal.entry().generation());
            });
  }

  private AccountChange.KeyRenewal renewal(
      StoredIdentity identity, PasswordKeys keys, SigningKey signing, EncryptionKey encryption) {
    ServerId server = connection.server();
    Instant now = Instant.ofEpochMilli(connection.clock().millis());
    try (SigningKey before = identity.signingKey();
        SigningKey device = identity.deviceKey()) {
      KeyLogEntry entry =
          identity.entry().next(server, before, signing, encryption.publicKey(), now);
      return new AccountChange.KeyRenewal(
          entry,
          now,
          keys.authKey().sign(AccountStatements.keyRenewal(server, entry, now)),
          DeviceCertificate.sign(
              server,
              entry.account(),
              entry.generation(),
              signing,
              identity.device(),
              device.publicKey(),
              identity.deviceName(),
              now));
    }
  }

  private void requireProven(KeyLogEntry entry, AccountChange.Renewed renewed)
      throws LyingServerException {
    if (!renewed.proof().proves(entry, connection.server(), connection.pin().info().signingKey())) {
      throw new LyingServerException(
          "the server does not prove that the new keys stand in its log as they were sent");
    }
  }

  private static StoredIdentity withNewKeys(
      StoredIdentity identity, KeyLogEntry entry, SigningKey signing, EncryptionKey encryption) {
    List<StoredIdentity.OldKey> oldKeys = new ArrayList<>(identity.oldKeys());
    oldKeys.add(
        new StoredIdentity.OldKey(
            identity.entry().generation(), identity.entry().suite(), identity.encryptionKey()));
    return identity.renewed(
        entry, revealed(signing.revealSeed()), revealed(encryption.revealPrivate()), oldKeys);
  }

  private static Bytes revealed(SecretBytes secret) {
    try (secret) {
      return Bytes.of(secret.revealCopy());
    }
  }
}
