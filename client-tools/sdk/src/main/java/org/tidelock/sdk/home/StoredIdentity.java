package org.tidelock.sdk.home;

import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.Suite;
import org.tidelock.protocol.wire.Session;

/**
 * Who the owner of a home is, with the private keys: only ever written encrypted, and prints its
 * name only.
 *
 * @param name the account's name
 * @param device this device
 * @param deviceName what its owner calls it
 * @param deviceSeed the seed of the device's signing key
 * @param entry the account's newest public keys
 * @param signingSeed the seed of their signing key
 * @param encryptionKey the private half of their encryption key
 * @param kdf how the password is derived: a weaker derivation is refused later
 * @param passwordVersion the highest version seen
 * @param session the tokens; none while logged out
 * @param oldKeys encryption keys of earlier generations: a message locked for years needs its own
 */
public record StoredIdentity(
    AccountName name,
    DeviceId device,
    DeviceName deviceName,
    Bytes deviceSeed,
    KeyLogEntry entry,
    Bytes signingSeed,
    Bytes encryptionKey,
    PasswordKdf kdf,
    long passwordVersion,
    List<Session.Tokens> session,
    List<OldKey> oldKeys) {

  /**
   * An encryption key that is not the newest any more. Prints its generation only.
   *
   * @param encryptionKey its private half
   */
  public record OldKey(long generation, Suite suite, Bytes encryptionKey) {

    @Override
    public String toString() {
      return "old key of generation " + generation;
    }
  }

  public StoredIdentity {
    session = List.copyOf(session);
    oldKeys = List.copyOf(oldKeys);
    if (session.size() > 1) {
      throw new IllegalArgumentException(
          "session has %d elements; at most 1 allowed".formatted(session.size()));
    }
  }

  /** The same identity with new tokens. */
  public StoredIdentity loggedIn(Session.Tokens tokens) {
    return with(kdf, passwordVersion, List.of(tokens));
  }

  /** The same identity with new tokens and the password's present derivation. */
  public StoredIdentity loggedIn(Session.Tokens tokens, PasswordKdf seen, long seenVersion) {
    return with(seen, seenVersion, List.of(tokens));
  }

  /** The same identity without tokens. */
  public StoredIdentity loggedOut() {
    return with(kdf, passwordVersion, List.of());
  }

  /** The same identity with the account's newest keys, whichever came before. */
  public StoredIdentity renewed(
      KeyLogEntry newest, Bytes newSigningSeed, Bytes newEncryptionKey, List<OldKey> allOldKeys) {
    return new StoredIdentity(
        name,
        device,
        deviceName,
        deviceSeed,
        newest,
        newSigningSeed,
        newEncryptionKey,
        kdf,
        passwordVersion,
        session,
        allOldKeys);
  }

  /** The key this device signs with. The caller closes it. */
  public SigningKey deviceKey() {
    return SigningKey.fromSeed(SecretBytes.takeOver(deviceSeed.toArray()));
  }

  /** The account's signing key. The caller closes it. */
  public SigningKey signingKey() {
    return SigningKey.fromSeed(SecretBytes.takeOver(signingSeed.toArray()));
  }

  /** The account's encryption key. The caller closes it. */
  public EncryptionKey privateEncryptionKey() {
    return EncryptionKey.fromPrivate(entry.suite(), SecretBytes.takeOver(encryptionKey.toArray()));
  }

  /** Whether this device has a private encryption key of a generation. */
  public boolean hasEncryptionKey(long generation) {
    return generation == entry.generation()
        || oldKeys.stream().anyMatch(old -> old.generation() == generation);
  }

  /**
   * The private encryption keys of a generation that this device has. There is more than one of an
   * old generation if a renewal stopped before the server knew of it: only one of them was ever
   * published, and only that one opens anything. The caller closes them.
   */
  public List<EncryptionKey> privateEncryptionKeys(long generation) {
    if (generation == entry.generation()) {
      return List.of(privateEncryptionKey());
    }
    return oldKeys.stream()
        .filter(old -> old.generation() == generation)
        .map(
            old ->
                EncryptionKey.fromPrivate(
                    old.suite(), SecretBytes.takeOver(old.encryptionKey().toArray())))
        .toList();
  }

  @Override
  public String toString() {
    return "identity of " + name;
  }

  private StoredIdentity with(
      PasswordKdf newKdf, long newVersion, List<Session.Tokens> newSession) {
    return new StoredIdentity(
        name,
        device,
        deviceName,
        deviceSeed,
        entry,
        signingSeed,
        encryptionKey,
        newKdf,
        newVersion,
        newSession,
        oldKeys);
  }
}
