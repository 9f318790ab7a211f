package org.tidelock.protocol.statement;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * What is signed to log in: both nonces, so that neither side can replay; the server, so that it
 * passes at no other; the device's key, so that the session belongs to it.
 *
 * @param server whom it is for
 * @param name who logs in
 * @param clientNonce 32 bytes, fresh from the client
 * @param serverNonce 32 bytes, fresh from the server
 * @param device the device that logs in
 * @param deviceKey the key of that device
 */
public record LoginStatement(
    ServerId server,
    AccountName name,
    Bytes clientNonce,
    Bytes serverNonce,
    DeviceId device,
    SigningPublicKey deviceKey) {

  /** How many bytes each nonce has. */
  public static final int NONCE_BYTES = 32;

  public LoginStatement {
    requireLength("client nonce", clientNonce);
    requireLength("server nonce", serverNonce);
  }

  /** What the password's auth key signs; the derivation is in it, so that it cannot be lowered. */
  public Canonical withPassword(PasswordKdf kdf) {
    return common("tidelock/v1/login").bytes(kdf.encoded());
  }

  /** What the recovery key's auth key signs. */
  public Canonical withRecoveryKey() {
    return common("tidelock/v1/recovery");
  }

  private Canonical common(String label) {
    return new Canonical(label)
        .bytes(server.value())
        .text(name.value())
        .bytes(clientNonce)
        .bytes(serverNonce)
        .bytes(device.value())
        .bytes(deviceKey.value());
  }

  private static void requireLength(String name, Bytes nonce) {
    if (nonce.length() != NONCE_BYTES) {
      throw new IllegalArgumentException(
          "%s has %d bytes; %d required".formatted(name, nonce.length(), NONCE_BYTES));
    }
  }
}
