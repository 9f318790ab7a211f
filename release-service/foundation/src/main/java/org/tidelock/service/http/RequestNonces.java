package org.tidelock.service.http;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.service.db.Database;

/**
 * The nonces of signed requests that were let in, and the encapsulations of those that came through
 * the channel, kept for as long as they would still be taken. A nonce is used up even if its
 * request then fails: a retry is signed anew.
 */
final class RequestNonces {

  private final Database database;

  RequestNonces(Database database) {
    this.database = database;
  }

  /**
   * Uses a nonce up.
   *
   * @param key what the nonce is one of: the signer's key, or the channel's
   * @return false if this key's request with it was let in before
   */
  boolean use(Bytes key, Bytes nonce, Instant expiresAt) {
    return database.inOneStatement(
        transaction ->
            transaction.update(
                    """
                    INSERT INTO request_nonces (signer, nonce, expires_at)
                    VALUES ($1, $2, $3)
                    ON CONFLICT DO NOTHING
                    """,
                    key.toArray(),
                    nonce.toArray(),
                    expiresAt)
                == 1);
  }
}
