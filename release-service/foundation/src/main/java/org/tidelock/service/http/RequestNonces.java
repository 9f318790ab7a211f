package org.tidelock.service.http;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.service.db.Database;

/**
 * The nonces of signed requests that were let in, kept for as long as their signatures would still
 * be taken. A nonce is used up even if its request then fails: a retry is signed anew.
 */
final class RequestNonces {

  private final Database database;

  RequestNonces(Database database) {
    this.database = database;
  }

  /**
   * Uses a nonce up.
   *
   * @return false if this key's request with it was let in before
   */
  boolean use(SigningPublicKey signer, Bytes nonce, Instant expiresAt) {
    return database.inOneStatement(
        transaction ->
            transaction.update(
                    """
                    INSERT INTO request_nonces (signer, nonce, expires_at)
                    VALUES ($1, $2, $3)
                    ON CONFLICT DO NOTHING
                    """,
                    signer.value().toArray(),
                    nonce.toArray(),
                    expiresAt)
                == 1);
  }
}
