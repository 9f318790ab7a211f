package org.tidelock.protocol.wire;

import java.time.Instant;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.statement.AccountStatements.Authority;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningPublicKey;

/** The documents that change what opens an account, or end it. */
public final class AccountChange {

  private AccountChange() {}

  /**
   * Makes another password valid, at once and everywhere. The record of this version must be on the
   * key server before. The answer is {@link Session.Tokens}; all other tokens end.
   *
   * @param version one more than the valid password's
   * @param authKey the public half of the new password's auth key
   * @param kdf how the new password becomes keys
   * @param authority which key signed {@code authorization}
   * @param createdAt when it was signed
   * @param authorization by the auth key valid so far, or by the recovery key's
   * @param identitySignature by the account's signing key
   * @param possession by the new auth key
   */
  public record Password(
      long version,
      SigningPublicKey authKey,
      PasswordKdf kdf,
      Authority authority,
      Instant createdAt,
      Signature authorization,
      Signature identitySignature,
      Signature possession) {

    public Password {
      if (version < 2) {
        throw new IllegalArgumentException("version is %d; at least 2".formatted(version));
      }
    }

    /**
     * Whether all three signatures are right.
     *
     * @param authorizing the auth key valid so far, or the recovery key's, as {@code authority}
     *     says
     * @param identity the account's signing key
     */
    public boolean isSigned(
        ServerId server,
        AccountId account,
        SigningPublicKey authorizing,
        SigningPublicKey identity) {
      Canonical statement = statement(server, account);
      return authorizing.verifies(statement, authorization)
          && identity.verifies(statement, identitySignature)
          && authKey.verifies(statement, possession);
    }

    /** What the three keys sign. */
    public Canonical statement(ServerId server, AccountId account) {
      return AccountStatements.passwordChange(
          server, account, version, authKey, kdf, authority, createdAt);
    }
  }

  /**
   * Makes new public keys the account's. Their private halves must be on the key server before. The
   * answer is {@link Renewed}; every other device has to log in again.
   *
   * @param entry the new keys, signed by themselves and by the keys before
   * @param createdAt when {@code authSignature} was made: at most five minutes ago
   * @param authSignature by the password's auth key, over {@link AccountStatements#keyRenewal}
   * @param device a certificate by the new signing key for the device that asks
   */
  public record KeyRenewal(
      KeyLogEntry entry, Instant createdAt, Signature authSignature, DeviceCertificate device) {

    public KeyRenewal {
      if (entry.generation() < 2 || device.generation() != entry.generation()) {
        throw new IllegalArgumentException(
            "entry and device must be of one generation, at least 2");
      }
      if (!device.account().equals(entry.account())) {
        throw new IllegalArgumentException("entry and device are of different accounts");
      }
    }

    /**
     * Whether every signature in it is right.
     *
     * @param before the account's newest entry so far
     * @param authKey the password's auth key
     */
    public boolean isSigned(ServerId server, KeyLogEntry before, SigningPublicKey authKey) {
      return entry.account().equals(before.account())
          && entry.generation() == before.generation() + 1
          && entry.previous().equals(before.leafHash())
          && entry.isSigned(server, before.signingKey())
          && device.isSigned(server, entry.signingKey())
          && authKey.verifies(
              AccountStatements.keyRenewal(server, entry, createdAt), authSignature);
    }
  }

  /**
   * The new keys are valid.
   *
   * @param proof that they stand in the key log
   */
  public record Renewed(KeyLogProof proof, Session.Tokens tokens) {}

  /**
   * Deletes the account and all that is the server's to delete.
   *
   * @param createdAt when it was signed: at most five minutes ago
   * @param signature by the password's auth key, over {@link AccountStatements#accountDeletion}
   */
  public record Deletion(Instant createdAt, Signature signature) {}
}
