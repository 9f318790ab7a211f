package org.tidelock.server.accounts;

import static org.tidelock.service.db.Transaction.bytes;
import static org.tidelock.service.db.Transaction.instant;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.db.Transaction;

/** The table {@code registrations}. */
final class RegistrationStore {

  /**
   * A registration that waits for its code.
   *
   * @param entry the account's first keys
   * @param device the certificate of its first device
   */
  record Pending(
      Bytes id,
      AccountName name,
      Bytes handleId,
      PasswordKdf kdf,
      SigningPublicKey authKey,
      SigningPublicKey recoveryAuthKey,
      KeyLogEntry entry,
      DeviceCertificate device,
      Bytes codeMac,
      int triesLeft,
      Instant expiresAt) {}

  void insert(Transaction transaction, Pending pending) {
    transaction.update(
        """
        INSERT INTO registrations
          (registration_id, name, handle_id, kdf_memory_kib, kdf_iterations, kdf_parallelism,
           kdf_salt, auth_key, recovery_auth_key, entry, device, code_mac, tries_left, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """,
        pending.id(),
        pending.name().value(),
        pending.handleId(),
        pending.kdf().cost().memoryKib(),
        pending.kdf().cost().iterations(),
        pending.kdf().cost().parallelism(),
        pending.kdf().salt(),
        pending.authKey().value(),
        pending.recoveryAuthKey().value(),
        WireJson.write(pending.entry()),
        WireJson.write(pending.device()),
        pending.codeMac(),
        pending.triesLeft(),
        pending.expiresAt());
  }

  /**
   * Uses up one try.
   *
   * @return the registration as it is after that; empty if there is none, it expired, or no try was
   *     left
   */
  Optional<Pending> spendTry(Transaction transaction, Bytes id, Instant now) {
    return transaction.one(
        """
        UPDATE registrations SET tries_left = tries_left - 1
        WHERE registration_id = $1 AND tries_left > 0 AND expires_at > $2
        RETURNING *
        """,
        RegistrationStore::pending,
        id,
        now);
  }

  void delete(Transaction transaction, Bytes id) {
    transaction.update("DELETE FROM registrations WHERE registration_id = $1", id);
  }

  private static Pending pending(Row row) {
    return new Pending(
        bytes(row, "registration_id"),
        new AccountName(row.getString("name")),
        bytes(row, "handle_id"),
        AccountStore.kdf(row),
        new SigningPublicKey(bytes(row, "auth_key")),
        new SigningPublicKey(bytes(row, "recovery_auth_key")),
        StoredJson.read(row, "entry", KeyLogEntry.class),
        StoredJson.read(row, "device", DeviceCertificate.class),
        bytes(row, "code_mac"),
        row.getInteger("tries_left"),
        instant(row, "expires_at"));
  }
}
