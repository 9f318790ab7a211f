package org.tidelock.sdk.keys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keys.AccountKey;
import org.tidelock.protocol.keys.KeyDerivation;
import org.tidelock.protocol.keys.KeyPurpose;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.keys.RecoveryKey;
import org.tidelock.protocol.keys.Unwrapping;
import org.tidelock.protocol.keys.WrappedKey;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.sdk.connection.LyingServerException;
import org.tidelock.sdk.home.StoredIdentity;

/**
 * What the key server gave back as an account's records. Nothing in them is believed before it
 * opens under the account's own keys, as what it has to be. Immutable.
 */
public final class OwnRecords {

  /** The only version a recovery key's record has. */
  private static final long RECOVERY_VERSION = 1;

  private final List<WrappedKey> records;

  OwnRecords(List<WrappedKey> records) {
    this.records = List.copyOf(records);
  }

  /** All of them, as they came. */
  public List<WrappedKey> unopened() {
    return records;
  }

  /**
   * The account key, unwrapped by the password.
   *
   * @param version which of the account's passwords is valid
   * @return empty if that version's record belongs to another password
   * @throws LyingServerException if the record of that version is not there, is older, states
   *     another derivation, or was altered
   */
  public Optional<AccountKey> accountKey(PasswordKeys password, AccountId account, long version)
      throws LyingServerException {
    List<WrappedKey> ofVersion =
        requireVersion(KeyPurpose.ACCOUNT_KEY_BY_PASSWORD, version, "password");
    Optional<WrappedKey> own = known(ofVersion, password.authKey().publicKey().value());
    if (own.isEmpty()) {
      return Optional.empty();
    }
    requireDerivation(own.get(), password);
    return Optional.of(
        AccountKey.fromSecret(opened(password.unwrap(own.get(), account, version), own.get())));
  }

  /**
   * The account key, unwrapped by the recovery key.
   *
   * @throws LyingServerException if its record is not there or was altered
   */
  public AccountKey accountKey(RecoveryKey recovery, AccountId account)
      throws LyingServerException {
    List<WrappedKey> ofVersion =
        requireVersion(KeyPurpose.ACCOUNT_KEY_BY_RECOVERY, RECOVERY_VERSION, "recovery key");
    WrappedKey own =
        known(ofVersion, recovery.authKey().publicKey().value())
            .orElseThrow(
                () ->
                    new LyingServerException(
                        "the key server's record is not of the recovery key that the server took"));
    return AccountKey.fromSecret(opened(recovery.unwrap(own, account, RECOVERY_VERSION), own));
  }

  /**
   * The private keys, unwrapped by the account key.
   *
   * @param entry the account's newest public keys, which they have to be the halves of
   * @throws LyingServerException if the newest are not there, are older, are of other public keys,
   *     or any was altered
   */
  public PrivateKeys privateKeys(AccountKey accountKey, KeyLogEntry entry)
      throws LyingServerException {
    WrappedKey signing =
        requireKey(KeyPurpose.SIGNING_KEY, entry, entry.signingKey().value(), "signing key");
    WrappedKey encryption =
        requireKey(
            KeyPurpose.ENCRYPTION_KEY, entry, entry.encryptionKey().value(), "encryption key");
    return new PrivateKeys(
        revealed(
            accountKey.unwrap(
                signing, entry.suite(), entry.signingKey(), entry.account(), entry.generation()),
            signing),
        revealed(
            accountKey.unwrap(
                encryption, entry.encryptionKey(), entry.account(), entry.generation()),
            encryption),
        older(accountKey, entry));
  }

  /** What a record says of its public key is bound to it, so those of earlier keys are theirs. */
  private List<StoredIdentity.OldKey> older(AccountKey accountKey, KeyLogEntry entry)
      throws LyingServerException {
    List<StoredIdentity.OldKey> older = new ArrayList<>();
    for (WrappedKey record : of(KeyPurpose.ENCRYPTION_KEY)) {
      if (record.version() < entry.generation()) {
        EncryptionPublicKey publicKey = new EncryptionPublicKey(record.suite(), record.publicKey());
        Unwrapping unwrapping =
            accountKey.unwrap(record, publicKey, entry.account(), record.version());
        older.add(
            new StoredIdentity.OldKey(
                record.version(), record.suite(), revealed(unwrapping, record)));
      }
    }
    return older;
  }

  /** The records of one version; told apart from an older one that stands in its place. */
  private List<WrappedKey> requireVersion(KeyPurpose purpose, long version, String name)
      throws LyingServerException {
    List<WrappedKey> all = of(purpose);
    List<WrappedKey> ofVersion =
        all.stream().filter(record -> record.version() == version).toList();
    if (!ofVersion.isEmpty()) {
      return ofVersion;
    }
    Optional<WrappedKey> newest = all.stream().max(Comparator.comparingLong(WrappedKey::version));
    if (newest.isEmpty()) {
      throw new LyingServerException(
          "the key server has no record of purpose %s: it lost or withholds it"
              .formatted(purpose.text()));
    }
    if (newest.get().version() < version) {
      throw new LyingServerException(
          "the key server rolled back: it gives the record of %s %d; %d is valid"
              .formatted(name, newest.get().version(), version));
    }
    throw new LyingServerException(
        "the key server gives the record of %s %d; the server says that %d is valid"
            .formatted(name, newest.get().version(), version));
  }

  private WrappedKey requireKey(KeyPurpose purpose, KeyLogEntry entry, Bytes publicKey, String name)
      throws LyingServerException {
    List<WrappedKey> ofGeneration =
        requireVersion(purpose, entry.generation(), name + " of generation");
    return known(ofGeneration, publicKey)
        .orElseThrow(
            () ->
                new LyingServerException(
                    "the %s of generation %d on the key server is of another public key than the"
                            .formatted(name, entry.generation())
                        + " server's log has: one of both was swapped"));
  }

  private static void requireDerivation(WrappedKey record, PasswordKeys password)
      throws LyingServerException {
    Argon2Cost cost = password.kdf().cost();
    if (!record.kdf().equals(new KeyDerivation.FromPassword(cost))
        || !record.salt().equals(password.kdf().salt())) {
      throw new LyingServerException(
          "the key server's record states another derivation of the password (%s) than the server"
                  .formatted(record.kdf().text())
              + " (%s)".formatted(new KeyDerivation.FromPassword(cost).text()));
    }
  }

  private static Optional<WrappedKey> known(List<WrappedKey> records, Bytes publicKey) {
    return records.stream().filter(record -> record.publicKey().equals(publicKey)).findFirst();
  }

  private List<WrappedKey> of(KeyPurpose purpose) {
    return records.stream().filter(record -> record.purpose() == purpose).toList();
  }

  private static Bytes revealed(Unwrapping unwrapping, WrappedKey record)
      throws LyingServerException {
    try (SecretBytes secret = opened(unwrapping, record)) {
      return Bytes.of(secret.revealCopy());
    }
  }

  private static SecretBytes opened(Unwrapping unwrapping, WrappedKey record)
      throws LyingServerException {
    return switch (unwrapping) {
      case Unwrapping.Unwrapped(SecretBytes secret) -> secret;
      case Unwrapping.WrongKey _ -> throw refused(record, "it was wrapped under another key");
      case Unwrapping.Altered _ -> throw refused(record, "it was altered");
      case Unwrapping.RolledBack(long found, long expected) ->
          throw refused(record, "it is version %d; %d expected".formatted(found, expected));
      case Unwrapping.Mixed(String reason) -> throw refused(record, reason);
    };
  }

  private static LyingServerException refused(WrappedKey record, String reason) {
    return new LyingServerException(
        "the key server's record of purpose %s, version %d is not this account's: %s"
            .formatted(record.purpose().text(), record.version(), reason));
  }
}
