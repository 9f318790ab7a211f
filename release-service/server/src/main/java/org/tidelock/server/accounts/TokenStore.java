package org.tidelock.server.accounts;

import static org.tidelock.service.db.Transaction.bytes;

import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.protocol.wire.KeyServing.IntrospectionReply;
import org.tidelock.service.db.Transaction;
import org.tidelock.service.http.Grant;
import org.tidelock.service.http.Principal;

/** The tables {@code token_families}, {@code tokens} and {@code audience_tokens}. */
final class TokenStore {

  /** What a token of this server is for. */
  enum Kind {
    LOGIN("login"),
    FULL("full"),
    REFRESH("refresh");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As the database has it. */
    String text() {
      return text;
    }
  }

  /** What a refresh token is good for, and whether it was used before. */
  record RefreshToken(
      Bytes family, DeviceId device, SigningPublicKey deviceKey, boolean usedBefore) {}

  void insertFamily(Transaction transaction, Bytes family, DeviceId device, Instant now) {
    transaction.update(
        "INSERT INTO token_families (family_id, device_id, created_at) VALUES ($1, $2, $3)",
        family,
        device.value(),
        now);
  }

  void insert(
      Transaction transaction, Bytes tokenHash, Bytes family, Kind kind, Instant expiresAt) {
    transaction.update(
        "INSERT INTO tokens (token_hash, family_id, kind, expires_at) VALUES ($1, $2, $3, $4)",
        tokenHash,
        family,
        kind.text,
        expiresAt);
  }

  Optional<Principal> principal(Transaction transaction, Bytes tokenHash, Instant now) {
    return transaction.one(
        """
        SELECT t.kind, d.account_id, d.device_id, d.device_key
        FROM tokens t JOIN token_families f USING (family_id) JOIN devices d USING (device_id)
        WHERE t.token_hash = $1 AND t.expires_at > $2 AND t.kind <> 'refresh'
        """,
        row ->
            new Principal(
                new AccountId(bytes(row, "account_id")),
                new DeviceId(bytes(row, "device_id")),
                new SigningPublicKey(bytes(row, "device_key")),
                row.getString("kind").equals(Kind.FULL.text) ? Grant.FULL : Grant.LOGIN,
                tokenHash),
        tokenHash,
        now);
  }

  /** A refresh token, which nobody else uses until the transaction ends. */
  Optional<RefreshToken> lockRefresh(Transaction transaction, Bytes tokenHash, Instant now) {
    return transaction.one(
        """
        SELECT t.family_id, t.used_at, d.device_id, d.device_key
        FROM tokens t JOIN token_families f USING (family_id) JOIN devices d USING (device_id)
        WHERE t.token_hash = $1 AND t.expires_at > $2 AND t.kind = 'refresh'
        FOR UPDATE OF t
        """,
        row ->
            new RefreshToken(
                bytes(row, "family_id"),
                new DeviceId(bytes(row, "device_id")),
                new SigningPublicKey(bytes(row, "device_key")),
                row.getValue("used_at") != null),
        tokenHash,
        now);
  }

  void markUsed(Transaction transaction, Bytes tokenHash, Instant now) {
    transaction.update("UPDATE tokens SET used_at = $2 WHERE token_hash = $1", tokenHash, now);
  }

  Optional<Bytes> familyOf(Transaction transaction, Bytes tokenHash) {
    return transaction.one(
        "SELECT family_id FROM tokens WHERE token_hash = $1",
        row -> bytes(row, "family_id"),
        tokenHash);
  }

  /** Ends the access tokens of a family, which a new one replaces. */
  void deleteAccessTokens(Transaction transaction, Bytes family) {
    transaction.update("DELETE FROM tokens WHERE family_id = $1 AND kind = 'full'", family);
  }

  /** Ends every token of a family. */
  void revokeFamily(Transaction transaction, Bytes family) {
    transaction.update("DELETE FROM token_families WHERE family_id = $1", family);
  }

  /** Ends every token of an account. */
  void revokeAll(Transaction transaction, AccountId account) {
    transaction.update(
        """
        DELETE FROM token_families f USING devices d
        WHERE f.device_id = d.device_id AND d.account_id = $1
        """,
        account.value());
  }

  void insertForAudience(
      Transaction transaction,
      Bytes tokenHash,
      Bytes family,
      String audience,
      boolean mayWrite,
      Instant expiresAt) {
    transaction.update(
        """
        INSERT INTO audience_tokens (token_hash, family_id, audience, may_write, expires_at)
        VALUES ($1, $2, $3, $4, $5)
        """,
        tokenHash,
        family,
        audience,
        mayWrite,
        expiresAt);
  }

  /** Uses up a token for another server and tells what it was good for. */
  Optional<IntrospectionReply> take(
      Transaction transaction, Bytes tokenHash, String audience, Instant now) {
    return transaction.one(
        """
        WITH taken AS (
          DELETE FROM audience_tokens
          WHERE token_hash = $1 AND audience = $2 AND expires_at > $3
          RETURNING family_id, may_write)
        SELECT a.account_id, d.device_id, d.device_key, taken.may_write, a.password_version,
          a.auth_key, a.key_generation
        FROM taken JOIN token_families f USING (family_id) JOIN devices d USING (device_id)
          JOIN accounts a USING (account_id)
        """,
        row ->
            new IntrospectionReply(
                new AccountId(bytes(row, "account_id")),
                new DeviceId(bytes(row, "device_id")),
                new SigningPublicKey(bytes(row, "device_key")),
                row.getBoolean("may_write") ? Action.WRITE : Action.READ,
                row.getLong("password_version"),
                new SigningPublicKey(bytes(row, "auth_key")),
                row.getLong("key_generation")),
        tokenHash,
        audience,
        now);
  }
}
