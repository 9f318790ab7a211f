package org.tidelock.protocol.statement;

import java.time.Instant;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.suite.SigningPublicKey;

/** What is signed to make an account, to change what opens it, and to end it. */
public final class AccountStatements {

  private AccountStatements() {}

  /**
   * What a new account's signing key, auth key and recovery auth key each sign: possession of all
   * three, and one account for all the parts.
   */
  public static Canonical registration(
      ServerId server,
      AccountName name,
      Contact contact,
      SigningPublicKey authKey,
      SigningPublicKey recoveryAuthKey,
      PasswordKdf kdf,
      KeyLogEntry entry,
      DeviceCertificate device) {
    return new Canonical("tidelock/v1/registration")
        .bytes(server.value())
        .bytes(entry.account().value())
        .text(name.value())
        .text(contact.kind().text())
        .text(contact.value())
        .bytes(authKey.value())
        .bytes(recoveryAuthKey.value())
        .bytes(kdf.encoded())
        .bytes(entry.leafHash())
        .bytes(device.device().value())
        .bytes(device.deviceKey().value());
  }

  /**
   * What is signed to change a password: by the auth key that was valid so far (or the recovery
   * key's, where the password is forgotten), by the account's signing key, and by the new auth key.
   *
   * @param version the number of the new password, one more than the old one's
   */
  public static Canonical passwordChange(
      ServerId server,
      AccountId account,
      long version,
      SigningPublicKey newAuthKey,
      PasswordKdf newKdf,
      Authority authority,
      Instant createdAt) {
    return new Canonical("tidelock/v1/password-change")
        .bytes(server.value())
        .bytes(account.value())
        .integer(version)
        .bytes(newAuthKey.value())
        .bytes(newKdf.encoded())
        .text(authority.text())
        .integer(createdAt.toEpochMilli());
  }

  /** What the auth key signs, beside the signatures inside the entry, to renew the keys. */
  public static Canonical keyRenewal(ServerId server, KeyLogEntry entry, Instant createdAt) {
    return new Canonical("tidelock/v1/key-renewal")
        .bytes(server.value())
        .bytes(entry.account().value())
        .bytes(entry.leafHash())
        .integer(createdAt.toEpochMilli());
  }

  /** What the auth key signs to delete the account. */
  public static Canonical accountDeletion(ServerId server, AccountId account, Instant createdAt) {
    return new Canonical("tidelock/v1/account-deletion")
        .bytes(server.value())
        .bytes(account.value())
        .integer(createdAt.toEpochMilli());
  }

  /** The field that says which key authorised a change. */
  public enum Authority {
    /** The auth key of the password that was valid so far. */
    PASSWORD("password"),
    /** The auth key of the recovery key. */
    RECOVERY("recovery");

    private final String text;

    Authority(String text) {
      this.text = text;
    }

    /** How it is written, on the wire and in the statement. */
    public String text() {
      return text;
    }
  }
}
