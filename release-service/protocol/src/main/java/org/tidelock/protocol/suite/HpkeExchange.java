package org.tidelock.protocol.suite;

import org.tidelock.engine.puzzle.Bytes;

/** One message sealed by HPKE, and a secret that only its two ends know besides. */
public sealed interface HpkeExchange {

  /**
   * The sender's side.
   *
   * @param encapsulation goes to the recipient, before the ciphertext
   * @param ciphertext the message
   * @param exported the secret (RFC 9180, section 5.3); the caller closes it
   */
  record Sent(Bytes encapsulation, Bytes ciphertext, SecretBytes exported)
      implements HpkeExchange {}

  /**
   * The recipient's side.
   *
   * @param plaintext the message; the caller closes it
   * @param exported the secret; the caller closes it
   */
  record Received(SecretBytes plaintext, SecretBytes exported) implements HpkeExchange {}

  /** The key is another, or something was altered. */
  record Refused() implements HpkeExchange {}
}
