package org.tidelock.server.accounts;

import java.util.Arrays;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.Hmac;
import org.tidelock.protocol.suite.SecretBytes;

/**
 * What the account slice knows that is not in the database: the pepper of handles, the key under
 * which codes are kept, the key that invents accounts for names nobody has, and the key of the
 * filter of handles. Every node holds the same. Thread-safe.
 *
 * @param handlePepper 32 bytes
 * @param codeKey 32 bytes
 * @param inventionKey 32 bytes
 * @param handleFilterKey 32 bytes
 */
public record AccountSecrets(
    SecretBytes handlePepper,
    SecretBytes codeKey,
    SecretBytes inventionKey,
    SecretBytes handleFilterKey) {

  /** What stands for a contact wherever it is compared: nobody without the pepper can guess it. */
  Bytes handleId(Contact contact) {
    return Hmac.of(
        handlePepper,
        new Canonical("tidelock/v1/handle-id")
            .text(contact.kind().text())
            .text(contact.value())
            .encoded());
  }

  /** What is kept of a code. */
  Bytes codeMac(Bytes registrationId, String code) {
    return Hmac.of(
        codeKey, new Canonical("tidelock/v1/code").bytes(registrationId).text(code).encoded());
  }

  /**
   * The parameters that a name nobody has is answered with: always the same for the same name, and
   * such as a new account would have.
   */
  PasswordKdf inventedKdf(AccountName name) {
    byte[] salt = invented("salt", name).toArray();
    return new PasswordKdf(Argon2Cost.DEFAULT, Bytes.of(Arrays.copyOf(salt, 16)));
  }

  /** The account that a login to a name nobody has is begun for; it does not exist. */
  AccountId inventedId(AccountName name) {
    byte[] id = invented("account-id", name).toArray();
    return new AccountId(Bytes.of(Arrays.copyOf(id, AccountId.BYTES)));
  }

  private Bytes invented(String what, AccountName name) {
    return Hmac.of(
        inventionKey,
        new Canonical("tidelock/v1/invented").text(what).text(name.value()).encoded());
  }

  @Override
  public String toString() {
    return "account secrets";
  }
}
