package org.tidelock.protocol.suite;

/** What came of decrypting. */
public sealed interface Opening {

  /**
   * The plaintext: authentic under the key and the associated data.
   *
   * @param plaintext the caller closes it
   */
  record Opened(SecretBytes plaintext) implements Opening {}

  /** The key is another, or the ciphertext or the associated data was altered. */
  record Refused() implements Opening {}
}
