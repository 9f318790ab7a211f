package org.tidelock.protocol.wire;

import java.time.Instant;
import java.util.regex.Pattern;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.keys.PasswordKeys;
import org.tidelock.protocol.keys.RecoveryKey;
import org.tidelock.protocol.statement.AccountStatements;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;

/** The documents by which an account comes to be. */
public final class Registration {

  /** How many bytes a registration's identifier has. */
  public static final int ID_BYTES = 16;

  private Registration() {}

  /**
   * Asks for an account. The answer is the same whether the name is taken or not.
   *
   * @param authKey the public half of the password's auth key
   * @param recoveryAuthKey the public half of the recovery key's
   * @param kdf how the password becomes keys
   * @param entry the account's first public keys, generation 1
   * @param device the certificate of the device that registers
   * @param signature by the account's signing key, over {@link #statement}
   * @param authSignature by the auth key, over the same
   * @param recoverySignature by the recovery auth key, over the same
   */
  public record Request(
      AccountName name,
      Contact contact,
      SigningPublicKey authKey,
      SigningPublicKey recoveryAuthKey,
      PasswordKdf kdf,
      KeyLogEntry entry,
      DeviceCertificate device,
      Signature signature,
      Signature authSignature,
      Signature recoverySignature) {

    public Request {
      if (entry.generation() != 1 || device.generation() != 1) {
        throw new IllegalArgumentException("a registration's keys are of generation 1");
      }
      if (!device.account().equals(entry.account())) {
        throw new IllegalArgumentException("entry and device are of different accounts");
      }
    }

    /** An application signed by all three keys. */
    public static Request sign(
        ServerId server,
        AccountName name,
        Contact contact,
        PasswordKeys password,
        RecoveryKey recovery,
        SigningKey signing,
        KeyLogEntry entry,
        DeviceCertificate device) {
      SigningKey auth = password.authKey();
      SigningKey recoveryAuth = recovery.authKey();
      Canonical statement =
          AccountStatements.registration(
              server,
              name,
              contact,
              auth.publicKey(),
              recoveryAuth.publicKey(),
              password.kdf(),
              entry,
              device);
      return new Request(
          name,
          contact,
          auth.publicKey(),
          recoveryAuth.publicKey(),
          password.kdf(),
          entry,
          device,
          signing.sign(statement),
          auth.sign(statement),
          recoveryAuth.sign(statement));
    }

    /** Whether every signature in it is right. */
    public boolean isSigned(ServerId server) {
      Canonical statement = statement(server);
      return entry.isSigned(server, entry.signingKey())
          && device.isSigned(server, entry.signingKey())
          && entry.signingKey().verifies(statement, signature)
          && authKey.verifies(statement, authSignature)
          && recoveryAuthKey.verifies(statement, recoverySignature);
    }

    /** What the three keys sign. */
    public Canonical statement(ServerId server) {
      return AccountStatements.registration(
          server, name, contact, authKey, recoveryAuthKey, kdf, entry, device);
    }
  }

  /**
   * A code is on its way.
   *
   * @param registration 16 bytes, to be given with the code
   * @param expiresAt until when the code is good
   */
  public record Started(Bytes registration, Instant expiresAt) {

    public Started {
      Checks.length("registration", registration, ID_BYTES);
    }
  }

  /**
   * Gives the code that arrived. The answer is {@link Session.Opened}.
   *
   * @param registration from {@link Started}
   * @param code eight digits
   */
  public record Verification(Bytes registration, String code) {

    private static final Pattern CODE = Pattern.compile("[0-9]{8}");

    public Verification {
      Checks.length("registration", registration, ID_BYTES);
      if (!CODE.matcher(code).matches()) {
        throw new IllegalArgumentException("code must be 8 digits");
      }
    }

    @Override
    public String toString() {
      return "Verification[registration=%s]".formatted(registration);
    }
  }
}
