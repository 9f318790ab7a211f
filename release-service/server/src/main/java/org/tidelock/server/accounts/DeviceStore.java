package org.tidelock.server.accounts;

import static org.tidelock.service.db.Transaction.instant;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.service.db.Transaction;

/** The table {@code devices}. */
final class DeviceStore {

  /** A device that its account vouches for. */
  record Certified(DeviceCertificate certificate, Instant lastSeenAt) {}

  /**
   * Adds the device that registers an account.
   *
   * @return false if the id belongs to another device
   */
  boolean insert(
      Transaction transaction, AccountId account, DeviceId id, SigningPublicKey key, Instant now) {
    return transaction.update(
            """
            INSERT INTO devices (device_id, account_id, device_key, created_at, last_seen_at)
            VALUES ($1, $2, $3, $4, $4)
            ON CONFLICT DO NOTHING
            """,
            id.value(),
            account.value(),
            key.value(),
            now)
        == 1;
  }

  void noteSeen(Transaction transaction, DeviceId id, Instant now) {
    transaction.update(
        "UPDATE devices SET last_seen_at = $2 WHERE device_id = $1", id.value(), now);
  }

  void certify(Transaction transaction, DeviceCertificate certificate) {
    transaction.update(
        "UPDATE devices SET certificate = $2, generation = $3 WHERE device_id = $1",
        certificate.device().value(),
        WireJson.write(certificate),
        certificate.generation());
  }

  /** The account's devices that a key of any generation vouched for, the oldest first. */
  List<Certified> certified(Transaction transaction, AccountId account) {
    return certifiedLater(transaction, account).get();
  }

  /** The same, asked for without waiting. */
  Supplier<List<Certified>> certifiedLater(Transaction transaction, AccountId account) {
    return transaction.allLater(
        """
        SELECT certificate, last_seen_at FROM devices
        WHERE account_id = $1 AND certificate IS NOT NULL
        ORDER BY created_at, device_id
        """,
        row ->
            new Certified(
                StoredJson.read(row, "certificate", DeviceCertificate.class),
                instant(row, "last_seen_at")),
        account.value());
  }

  /** Removes a device of this account, and with it its tokens. */
  boolean remove(Transaction transaction, AccountId account, DeviceId id) {
    return transaction.update(
            "DELETE FROM devices WHERE account_id = $1 AND device_id = $2",
            account.value(),
            id.value())
        == 1;
  }
}
