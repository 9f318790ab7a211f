package org.tidelock.protocol.statement;

import java.time.Instant;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * An account's word that a device is its own: signed by the account's signing key, so that a server
 * cannot add a device of its own. Every device may be named in public; its name is for the
 * account's owner.
 *
 * @param account whose device it is
 * @param generation of the signing key that signed
 * @param device the device
 * @param deviceKey what the device signs its requests with
 * @param name what the owner calls it
 * @param createdAt when it was certified, in whole milliseconds
 * @param signature by the account's signing key of that generation
 */
public record DeviceCertificate(
    AccountId account,
    long generation,
    DeviceId device,
    SigningPublicKey deviceKey,
    DeviceName name,
    Instant createdAt,
    Signature signature) {

  public DeviceCertificate {
    if (generation < 1) {
      throw new IllegalArgumentException(
          "generation is %d; at least 1 required".formatted(generation));
    }
  }

  /** Certifies a device. */
  public static DeviceCertificate sign(
      ServerId server,
      AccountId account,
      long generation,
      SigningKey accountSigningKey,
      DeviceId device,
      SigningPublicKey deviceKey,
      DeviceName name,
      Instant createdAt) {
    Canonical statement =
        statement(server, account, generation, device, deviceKey, name, createdAt);
    return new DeviceCertificate(
        account, generation, device, deviceKey, name, createdAt, accountSigningKey.sign(statement));
  }

  /** Whether the account signed it: the key must be that of {@code generation}. */
  public boolean isSigned(ServerId server, SigningPublicKey accountSigningKey) {
    return accountSigningKey.verifies(
        statement(server, account, generation, device, deviceKey, name, createdAt), signature);
  }

  private static Canonical statement(
      ServerId server,
      AccountId account,
      long generation,
      DeviceId device,
      SigningPublicKey deviceKey,
      DeviceName name,
      Instant createdAt) {
    return new Canonical("tidelock/v1/device")
        .bytes(server.value())
        .bytes(account.value())
        .integer(generation)
        .bytes(device.value())
        .bytes(deviceKey.value())
        .text(name.value())
        .integer(createdAt.toEpochMilli());
  }
}
