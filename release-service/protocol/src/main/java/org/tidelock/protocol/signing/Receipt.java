package org.tidelock.protocol.signing;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * The server's word that it gave this answer to this request: it stands in the field {@code
 * tidelock-receipt} of the reply, as base64url of the signature alone, since the client knows all
 * the rest.
 *
 * @param server who answered
 * @param nonce the request's nonce
 * @param requestHash SHA-256 of the request's signature base
 * @param status the reply's status
 * @param bodyHash SHA-256 of the reply's body as sent
 */
public record Receipt(ServerId server, Bytes nonce, Bytes requestHash, int status, Bytes bodyHash) {

  /** The reply field that holds the signature. */
  public static final String FIELD = "tidelock-receipt";

  /** The receipt for a reply. */
  public static Receipt of(
      ServerId server, Bytes nonce, Bytes requestHash, int status, Bytes replyBody) {
    return new Receipt(server, nonce, requestHash, status, Sha256.of(replyBody));
  }

  /** Signs it, on the server. */
  public Signature sign(SigningKey serverKey) {
    return serverKey.sign(statement());
  }

  /** Whether the server signed it, on the client. */
  public boolean isSigned(SigningPublicKey serverKey, Signature signature) {
    return serverKey.verifies(statement(), signature);
  }

  private Canonical statement() {
    return new Canonical("tidelock/v1/receipt")
        .bytes(server.value())
        .bytes(nonce)
        .bytes(requestHash)
        .integer(status)
        .bytes(bodyHash);
  }
}
