package org.tidelock.protocol.signing;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.SigningPublicKey;

/** What came of checking a request's signature. */
public sealed interface RequestCheck {

  /**
   * The signature is the key's, over this request, for this server, and fresh. Whether the key may
   * do this, and whether the nonce was seen before, is for the server to say.
   *
   * @param signer the key that signed
   * @param nonce 16 bytes
   * @param expiresAt until when a request with this nonce would be taken again
   * @param requestHash SHA-256 of the signature base, for the receipt
   */
  record Verified(SigningPublicKey signer, Bytes nonce, Instant expiresAt, Bytes requestHash)
      implements RequestCheck {}

  /** There is no signature. */
  record Unsigned() implements RequestCheck {}

  /**
   * The request was made too long ago, or in the future.
   *
   * @param createdAt what the request says
   */
  record OutOfTime(Instant createdAt) implements RequestCheck {}

  /**
   * The request names another server.
   *
   * @param named what it names
   */
  record WrongServer(String named) implements RequestCheck {}

  /**
   * The fields do not have the form required, the digest is not the body's, or the signature is
   * wrong.
   *
   * @param reason fit to be shown
   */
  record Refused(String reason) implements RequestCheck {}
}
