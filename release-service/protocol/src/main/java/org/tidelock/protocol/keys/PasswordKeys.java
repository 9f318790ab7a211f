package org.tidelock.protocol.keys;

import java.nio.charset.StandardCharsets;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.suite.Argon2id;
import org.tidelock.protocol.suite.Hkdf;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;

/**
 * What a password derives: master = Argon2id(password); HKDF-SHA256(master, no salt,
 * "tidelock/v1/auth") is the seed of the Ed25519 auth key, of which the server keeps the public
 * half; HKDF-SHA256(master, no salt, "tidelock/v1/enc") wraps the account key. Neither can be
 * computed from the other. Thread-safe until closed.
 */
public final class PasswordKeys implements AutoCloseable {

  private static final byte[] AUTH = "tidelock/v1/auth".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENC = "tidelock/v1/enc".getBytes(StandardCharsets.US_ASCII);

  private final PasswordKdf kdf;
  private final SigningKey authKey;
  private final SecretBytes wrappingSecret;

  private PasswordKeys(PasswordKdf kdf, SecretBytes master) {
    this.kdf = kdf;
    this.authKey =
        SigningKey.fromSeed(Hkdf.derive(master, new byte[0], AUTH, SigningKey.SEED_BYTES));
    this.wrappingSecret = Hkdf.derive(master, new byte[0], ENC, WrappedKey.SECRET_BYTES);
  }

  /** The keys of a password; the caller wipes it. Takes as long as the cost says. */
  public static PasswordKeys derive(char[] password, PasswordKdf kdf) {
    try (SecretBytes master = Argon2id.derive(password, kdf.salt(), kdf.cost())) {
      return new PasswordKeys(kdf, master);
    }
  }

  /** The keys of a master key computed before, as Argon2id gave it. */
  public static PasswordKeys fromMaster(SecretBytes master, PasswordKdf kdf) {
    return new PasswordKeys(kdf, master);
  }

  /** The key that signs logins. It closes with these keys. */
  public SigningKey authKey() {
    return authKey;
  }

  /** How the password was derived. */
  public PasswordKdf kdf() {
    return kdf;
  }

  /**
   * The account key wrapped under this password.
   *
   * @param version which of the account's passwords this is, from 1
   */
  public WrappedKey wrap(AccountKey accountKey, AccountId account, long version) {
    return KeyWrap.seal(
        slot(account, version),
        new KeyDerivation.FromPassword(kdf.cost()),
        kdf.salt(),
        wrappingSecret,
        accountKey.secret());
  }

  /** Opens what {@link #wrap} made under the same password, for the same account and version. */
  public Unwrapping unwrap(WrappedKey wrapped, AccountId account, long version) {
    return KeyWrap.open(wrapped, slot(account, version), wrappingSecret);
  }

  @Override
  public void close() {
    authKey.close();
    wrappingSecret.close();
  }

  private KeySlot slot(AccountId account, long version) {
    return new KeySlot(
        Suite.X25519,
        account,
        KeyPurpose.ACCOUNT_KEY_BY_PASSWORD,
        version,
        authKey.publicKey().value());
  }
}
