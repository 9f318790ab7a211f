package org.tidelock.protocol.keys;

/** What a wrapped record holds and what wraps it. */
public enum KeyPurpose {
  /** The account key, wrapped under the password; its version counts the passwords. */
  ACCOUNT_KEY_BY_PASSWORD("account-key-by-password"),

  /** The account key, wrapped under the recovery key; its version counts the recovery keys. */
  ACCOUNT_KEY_BY_RECOVERY("account-key-by-recovery"),

  /** A private signing key, wrapped under the account key; its version is its generation. */
  SIGNING_KEY("signing-key"),

  /** A private encryption key, wrapped under the account key; its version is its generation. */
  ENCRYPTION_KEY("encryption-key");

  private final String text;

  KeyPurpose(String text) {
    this.text = text;
  }

  /** How the purpose is written, on the wire and in associated data. */
  public String text() {
    return text;
  }
}
