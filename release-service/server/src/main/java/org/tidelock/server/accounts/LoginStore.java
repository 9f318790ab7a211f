package org.tidelock.server.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.server.accounts.ChallengeStore.LoginChallenge;
import org.tidelock.server.accounts.TokenStore.Kind;
import org.tidelock.service.db.Transaction;

/**
 * What a login writes, by one statement: it reads {@code accounts} and adds to {@code devices},
 * {@code token_families} and {@code tokens}, all of it or nothing.
 */
final class LoginStore {

  /**
   * How it ended.
   *
   * @param current whether the key that answered the challenge is still one of the account's: the
   *     password may have been changed since the challenge was given
   * @param disabled whether the operator keeps its owner from logging in
   * @param otherDevices how many devices the account has besides the one that logs in
   * @param granted whether the token is there now; if nothing else keeps it from being given, the
   *     device's id belongs to another account or another key
   */
  record Outcome(
      boolean current,
      boolean disabled,
      int otherDevices,
      long passwordVersion,
      long recoveryVersion,
      boolean granted) {}

  /**
   * A token to be given.
   *
   * @param family 16 bytes
   * @param hash of the token
   */
  record NewToken(Bytes family, Bytes hash, Instant expiresAt) {}

  /**
   * Notes the device and gives it the token, asked for without waiting: if the account still has
   * the challenge's key, is not disabled and has fewer than {@code maxDevices} others. Whoever
   * changes the account's password at the same moment does so before or after it.
   *
   * @return waits; empty if there is no such account
   */
  Supplier<Optional<Outcome>> grantLater(
      Transaction transaction,
      LoginChallenge challenge,
      SigningPublicKey deviceKey,
      NewToken token,
      int maxDevices,
      Instant now) {
    return transaction.oneLater(
        """
        WITH account AS (
          SELECT account_id, password_version, recovery_version,
            auth_key = $2 OR recovery_auth_key = $2 AS current,
            disabled_at IS NOT NULL AS disabled,
            (SELECT count(*)::int FROM devices d
             WHERE d.account_id = a.account_id AND d.device_id <> $3) AS other_devices
          FROM accounts a WHERE account_id = $1 FOR UPDATE),
        device AS (
          INSERT INTO devices AS d (device_id, account_id, device_key, created_at, last_seen_at)
          SELECT $3, account_id, $4, $5, $5 FROM account
          WHERE current AND NOT disabled AND other_devices < $6
          ON CONFLICT (device_id) DO UPDATE SET last_seen_at = $5
          WHERE d.account_id = $1 AND d.device_key = $4
          RETURNING device_id),
        family AS (
          INSERT INTO token_families (family_id, device_id, created_at)
          SELECT $7, device_id, $5 FROM device
          RETURNING family_id),
        token AS (
          INSERT INTO tokens (token_hash, family_id, kind, expires_at)
          SELECT $8, family_id, $9, $10 FROM family
          RETURNING token_hash)
        SELECT current, disabled, other_devices, password_version, recovery_version,
          EXISTS (SELECT FROM token) AS granted
        FROM account
        """,
        row ->
            new Outcome(
                row.getBoolean("current"),
                row.getBoolean("disabled"),
                row.getInteger("other_devices"),
                row.getLong("password_version"),
                row.getLong("recovery_version"),
                row.getBoolean("granted")),
        challenge.accountId().value(),
        challenge.authKey(),
        challenge.deviceId().value(),
        deviceKey.value(),
        now,
        maxDevices,
        token.family(),
        token.hash(),
        Kind.LOGIN.text(),
        token.expiresAt());
  }
}
