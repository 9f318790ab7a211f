package org.tidelock.server.accounts;

import static org.tidelock.service.db.Transaction.bytes;
import static org.tidelock.service.db.Transaction.instant;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.server.accounts.AdministerAccounts.Overview;
import org.tidelock.service.db.Transaction;

/** The table {@code accounts}. */
final class AccountStore {

  Optional<Account> named(Transaction transaction, AccountName name) {
    return transaction.one(
        """
        SELECT * FROM accounts WHERE name = $1
        """,
        AccountStore::account,
        name.value());
  }

  /** How the password of a name is derived: no more of the account is read than is told. */
  Optional<PasswordKdf> kdfOf(Transaction transaction, AccountName name) {
    return transaction.one(
        """
        SELECT kdf_memory_kib, kdf_iterations, kdf_parallelism, kdf_salt
        FROM accounts WHERE name = $1
        """,
        AccountStore::kdf,
        name.value());
  }

  /**
   * What a login is begun with.
   *
   * @param authKey as it is stored: whether it is a key is looked at when it verifies
   */
  record Entrance(AccountId id, PasswordKdf kdf, Bytes authKey) {}

  /** What a login to a name is begun with, by password or by recovery key. */
  Optional<Entrance> entrance(Transaction transaction, AccountName name, boolean byRecoveryKey) {
    return transaction.one(
        """
        SELECT account_id, kdf_memory_kib, kdf_iterations, kdf_parallelism, kdf_salt,
          CASE WHEN $2 THEN recovery_auth_key ELSE auth_key END AS entrance_key
        FROM accounts WHERE name = $1
        """,
        row ->
            new Entrance(
                new AccountId(bytes(row, "account_id")), kdf(row), bytes(row, "entrance_key")),
        name.value(),
        byRecoveryKey);
  }

  Optional<Account> withId(Transaction transaction, AccountId id) {
    return transaction.one(
        """
        SELECT * FROM accounts WHERE account_id = $1
        """,
        AccountStore::account,
        id.value());
  }

  /** The account, which nobody else changes until the transaction ends. */
  Optional<Account> lock(Transaction transaction, AccountId id) {
    return transaction.one(
        """
        SELECT * FROM accounts WHERE account_id = $1 FOR UPDATE
        """,
        AccountStore::account,
        id.value());
  }

  boolean contactIsTaken(Transaction transaction, Bytes handleId) {
    return transaction
        .one("SELECT 1 FROM accounts WHERE handle_id = $1", row -> true, handleId)
        .isPresent();
  }

  boolean hasContact(Transaction transaction, AccountId id, Bytes handleId) {
    return transaction
        .one(
            "SELECT 1 FROM accounts WHERE account_id = $1 AND handle_id = $2",
            row -> true,
            id.value(),
            handleId)
        .isPresent();
  }

  /** Inserts, unless the id, the name or the contact is taken. */
  boolean insert(Transaction transaction, Account account, Bytes handleId, Instant now) {
    return transaction.update(
            """
            INSERT INTO accounts
              (account_id, name, handle_id, kdf_memory_kib, kdf_iterations, kdf_parallelism,
               kdf_salt, auth_key, recovery_auth_key, password_version, recovery_version,
               key_generation, signing_key, encryption_suite, encryption_key, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            ON CONFLICT DO NOTHING
            """,
            account.id().value(),
            account.name().value(),
            handleId,
            account.kdf().cost().memoryKib(),
            account.kdf().cost().iterations(),
            account.kdf().cost().parallelism(),
            account.kdf().salt(),
            account.authKey().value(),
            account.recoveryAuthKey().value(),
            account.passwordVersion(),
            account.recoveryVersion(),
            account.keyGeneration(),
            account.signingKey().value(),
            account.encryptionKey().suite().number(),
            account.encryptionKey().value(),
            now)
        == 1;
  }

  void changePassword(
      Transaction transaction,
      AccountId id,
      long version,
      PasswordKdf kdf,
      SigningPublicKey authKey) {
    transaction.update(
        """
        UPDATE accounts
        SET password_version = $2, kdf_memory_kib = $3, kdf_iterations = $4,
            kdf_parallelism = $5, kdf_salt = $6, auth_key = $7
        WHERE account_id = $1
        """,
        id.value(),
        version,
        kdf.cost().memoryKib(),
        kdf.cost().iterations(),
        kdf.cost().parallelism(),
        kdf.salt(),
        authKey.value());
  }

  void renewKeys(
      Transaction transaction,
      AccountId id,
      long generation,
      SigningPublicKey signingKey,
      EncryptionPublicKey encryptionKey) {
    transaction.update(
        """
        UPDATE accounts
        SET key_generation = $2, signing_key = $3, encryption_suite = $4, encryption_key = $5
        WHERE account_id = $1
        """,
        id.value(),
        generation,
        signingKey.value(),
        encryptionKey.suite().number(),
        encryptionKey.value());
  }

  List<Overview> overviews(Transaction transaction) {
    return transaction.all(
        """
        SELECT a.*,
          (SELECT count(*) FROM devices d
           WHERE d.account_id = a.account_id AND d.certificate IS NOT NULL) AS devices,
          (SELECT count(*) FROM token_families f JOIN devices d USING (device_id)
           WHERE d.account_id = a.account_id) AS sessions
        FROM accounts a ORDER BY a.name
        """,
        AccountStore::overview);
  }

  Optional<Overview> overview(Transaction transaction, AccountName name) {
    return transaction.one(
        """
        SELECT a.*,
          (SELECT count(*) FROM devices d
           WHERE d.account_id = a.account_id AND d.certificate IS NOT NULL) AS devices,
          (SELECT count(*) FROM token_families f JOIN devices d USING (device_id)
           WHERE d.account_id = a.account_id) AS sessions
        FROM accounts a WHERE a.name = $1
        """,
        AccountStore::overview,
        name.value());
  }

  /** Disables the account from a moment on, or enables it. */
  void disable(Transaction transaction, AccountName name, Optional<Instant> at) {
    transaction.update(
        "UPDATE accounts SET disabled_at = $2 WHERE name = $1", name.value(), at.orElse(null));
  }

  /** Deletes the account, its devices and all their tokens. */
  void delete(Transaction transaction, AccountId id) {
    transaction.update("DELETE FROM accounts WHERE account_id = $1", id.value());
  }

  static PasswordKdf kdf(Row row) {
    return new PasswordKdf(
        new Argon2Cost(
            row.getInteger("kdf_memory_kib"),
            row.getInteger("kdf_iterations"),
            row.getInteger("kdf_parallelism")),
        bytes(row, "kdf_salt"));
  }

  static EncryptionPublicKey encryptionKey(Row row) {
    return new EncryptionPublicKey(
        Suite.numbered(row.getInteger("encryption_suite")), bytes(row, "encryption_key"));
  }

  private static Overview overview(Row row) {
    return new Overview(
        new AccountName(row.getString("name")),
        new AccountId(bytes(row, "account_id")),
        instant(row, "created_at"),
        Optional.ofNullable(row.getOffsetDateTime("disabled_at")).map(OffsetDateTime::toInstant),
        row.getLong("password_version"),
        row.getLong("key_generation"),
        row.getLong("devices"),
        row.getLong("sessions"));
  }

  private static Account account(Row row) {
    return new Account(
        new AccountId(bytes(row, "account_id")),
        new AccountName(row.getString("name")),
        kdf(row),
        new SigningPublicKey(bytes(row, "auth_key")),
        new SigningPublicKey(bytes(row, "recovery_auth_key")),
        row.getLong("password_version"),
        row.getLong("recovery_version"),
        row.getLong("key_generation"),
        new SigningPublicKey(bytes(row, "signing_key")),
        encryptionKey(row),
        row.getOffsetDateTime("disabled_at") != null);
  }
}
