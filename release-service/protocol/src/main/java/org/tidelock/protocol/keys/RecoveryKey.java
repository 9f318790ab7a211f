package org.tidelock.protocol.keys;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.suite.Hkdf;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;

/**
 * The 256 random bits that open an account when its password is forgotten, shown once to be written
 * down. HKDF-SHA256(key, no salt, "tidelock/v1/recovery-auth") is the seed of an Ed25519 key that
 * logs in; HKDF-SHA256(key, no salt, "tidelock/v1/recovery-enc") wraps the account key. Written in
 * Bech32 (BIP 173) under the prefix {@code tlr}, in groups of four characters: its checksum finds
 * up to four wrong characters. Thread-safe until closed.
 */
public final class RecoveryKey implements AutoCloseable {

  private static final String PREFIX = "tlr";
  private static final int GROUP_CHARS = 4;
  private static final int KEY_BYTES = 32;
  private static final byte[] AUTH =
      "tidelock/v1/recovery-auth".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENC = "tidelock/v1/recovery-enc".getBytes(StandardCharsets.US_ASCII);

  private final SecretBytes key;
  private final SigningKey authKey;
  private final SecretBytes wrappingSecret;

  private RecoveryKey(SecretBytes key) {
    this.key = key;
    this.authKey = SigningKey.fromSeed(Hkdf.derive(key, new byte[0], AUTH, SigningKey.SEED_BYTES));
    this.wrappingSecret = Hkdf.derive(key, new byte[0], ENC, WrappedKey.SECRET_BYTES);
  }

  /** A fresh one. */
  public static RecoveryKey generate() {
    return new RecoveryKey(SecretBytes.random(KEY_BYTES));
  }

  /**
   * Reads a key as it was written down: case, spaces and hyphens do not matter.
   *
   * @throws IllegalArgumentException if it is not one, or a character is wrong
   */
  public static RecoveryKey parse(String written) {
    String text = written.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    try {
      Bech32Address address = Bech32.getDecoder().decode(text);
      byte[] data = address.getData();
      if (address.getHumanReadablePart().toString().equals(PREFIX) && data.length == KEY_BYTES) {
        return new RecoveryKey(SecretBytes.takeOver(data));
      }
    } catch (IllegalArgumentException _) {
      // The decoder's message can hold characters of the key.
    }
    throw new IllegalArgumentException(
        "that is not a recovery key: it begins with %s1 and has 62 characters; compare each with"
                .formatted(PREFIX)
            + " what was written down");
  }

  /** The key as it is to be written down, in groups of four. A secret: show it once. */
  public String revealText() {
    byte[] copy = key.revealCopy();
    try {
      String text = Bech32.getEncoder().encode(PREFIX, copy).toString();
      return text.replaceAll("(.{%d})(?!$)".formatted(GROUP_CHARS), "$1 ");
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** The key that signs a recovery. It closes with this. */
  public SigningKey authKey() {
    return authKey;
  }

  /**
   * The account key wrapped under this key.
   *
   * @param version which of the account's recovery keys this is, from 1
   */
  public WrappedKey wrap(AccountKey accountKey, AccountId account, long version) {
    return KeyWrap.seal(
        slot(account, version), new KeyDerivation.FromKey(), wrappingSecret, accountKey.secret());
  }

  /** Opens what {@link #wrap} made under the same key, for the same account and version. */
  public Unwrapping unwrap(WrappedKey wrapped, AccountId account, long version) {
    return KeyWrap.open(wrapped, slot(account, version), wrappingSecret);
  }

  @Override
  public void close() {
    key.close();
    authKey.close();
    wrappingSecret.close();
  }

  private KeySlot slot(AccountId account, long version) {
    return new KeySlot(
        Suite.X25519,
        account,
        KeyPurpose.ACCOUNT_KEY_BY_RECOVERY,
        version,
        authKey.publicKey().value());
  }
}
