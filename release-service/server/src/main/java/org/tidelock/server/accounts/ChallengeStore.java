package org.tidelock.server.accounts;

import static org.tidelock.service.db.Transaction.WITHOUT_WAITING;
import static org.tidelock.service.db.Transaction.bytes;

import java.time.Instant;
import java.util.Optional;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.service.db.Transaction;

/** The tables {@code login_challenges} and {@code session_challenges}: what is asked once. */
final class ChallengeStore {

  /**
   * A login begun. Its keys are as they are stored: whether they are keys is looked at when they
   * verify, so that one that is known costs what an invented one does.
   *
   * @param statement what the auth key has to sign, encoded
   */
  record LoginChallenge(
      Bytes id,
      AccountId accountId,
      Bytes authKey,
      Bytes statement,
      DeviceId deviceId,
      Bytes deviceKey,
      Instant expiresAt) {}

  /** Keeps a challenge. If a crash loses it, the login is begun again. */
  int insert(Transaction transaction, LoginChallenge challenge) {
    return transaction.update(
        """
        INSERT INTO login_challenges
          (challenge_id, account_id, auth_key, statement, device_id, device_key, expires_at)
        SELECT $1::bytea, $2::bytea, $3::bytea, $4::bytea, $5::bytea, $6::bytea, $7::timestamptz
        FROM\s"""
            + WITHOUT_WAITING,
        challenge.id(),
        challenge.accountId().value(),
        challenge.authKey(),
        challenge.statement(),
        challenge.deviceId().value(),
        challenge.deviceKey(),
        challenge.expiresAt());
  }

  /**
   * The challenge, which is gone with this; a crash may bring it back, with all it was good for.
   */
  Optional<LoginChallenge> takeLogin(Transaction transaction, Bytes id, Instant now) {
    return transaction.one(
        """
        DELETE FROM login_challenges USING %s WHERE challenge_id = $1 AND expires_at > $2
        RETURNING account_id, auth_key, statement, device_id, device_key
        """
            .formatted(WITHOUT_WAITING),
        row ->
            new LoginChallenge(
                id,
                new AccountId(bytes(row, "account_id")),
                bytes(row, "auth_key"),
                bytes(row, "statement"),
                new DeviceId(bytes(row, "device_id")),
                bytes(row, "device_key"),
                now),
        id,
        now);
  }

  void insertSession(
      Transaction transaction, Bytes id, Bytes tokenHash, Bytes answerHash, Instant expiresAt) {
    transaction.update(
        """
        INSERT INTO session_challenges (challenge_id, token_hash, answer_hash, expires_at)
        VALUES ($1, $2, $3, $4)
        """,
        id,
        tokenHash,
        answerHash,
        expiresAt);
  }

  /** The hash of the right answer to a challenge given to this token; it is gone with this. */
  Optional<Bytes> takeSession(Transaction transaction, Bytes id, Bytes tokenHash, Instant now) {
    return transaction.one(
        """
        DELETE FROM session_challenges
        WHERE challenge_id = $1 AND token_hash = $2 AND expires_at > $3
        RETURNING answer_hash
        """,
        row -> bytes(row, "answer_hash"),
        id,
        tokenHash,
        now);
  }
}
