package org.tidelock.protocol.wire;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.keys.PasswordKdf;
import org.tidelock.protocol.statement.LoginStatement;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * The documents by which a device proves that it knows the password, or has the recovery key. The
 * two ways differ in the label of what is signed ({@link LoginStatement}) and in the path.
 */
public final class Login {

  /** How many bytes a login's identifier has. */
  public static final int ID_BYTES = 16;

  private Login() {}

  /** Asks how a name's password is derived; a name that nobody has gets a steady invention. */
  public record Prelogin(AccountName name) {}

  /** How the password is derived. */
  public record PreloginReply(PasswordKdf kdf) {}

  /**
   * Begins a login.
   *
   * @param clientNonce 32 bytes, fresh
   * @param device the device that logs in
   * @param deviceKey the key it signs its requests with, this one among them
   * @param deviceName what its owner calls it
   */
  public record Start(
      AccountName name,
      Bytes clientNonce,
      DeviceId device,
      SigningPublicKey deviceKey,
      DeviceName deviceName) {

    public Start {
      Checks.length("clientNonce", clientNonce, LoginStatement.NONCE_BYTES);
    }

    /** Begins one, with a nonce of its own. */
    public static Start fresh(
        AccountName name, DeviceId device, SigningPublicKey deviceKey, DeviceName deviceName) {
      return new Start(
          name, RandomBytes.ofLength(LoginStatement.NONCE_BYTES), device, deviceKey, deviceName);
    }

    /** What is signed in answer to a challenge with this nonce. */
    public LoginStatement statement(ServerId server, Bytes serverNonce) {
      return new LoginStatement(server, name, clientNonce, serverNonce, device, deviceKey);
    }
  }

  /**
   * What to sign. Names that nobody has are answered alike.
   *
   * @param login 16 bytes, to be given with the signature
   * @param serverNonce 32 bytes, fresh
   * @param kdf how the password is derived; with a recovery key of no use
   * @param expiresAt until when the answer is taken
   */
  public record Challenge(Bytes login, Bytes serverNonce, PasswordKdf kdf, Instant expiresAt) {

    public Challenge {
      Checks.length("login", login, ID_BYTES);
      Checks.length("serverNonce", serverNonce, LoginStatement.NONCE_BYTES);
    }
  }

  /**
   * The answer to a challenge.
   *
   * @param login from {@link Challenge}
   * @param signature by the password's or the recovery key's auth key
   */
  public record Finish(Bytes login, Signature signature) {

    public Finish {
      Checks.length("login", login, ID_BYTES);
    }
  }

  /**
   * The key was right. The token is good for fetching wrapped keys and for the session challenge.
   *
   * @param account who logged in
   * @param passwordVersion which of the account's passwords is valid: the version of its record
   * @param recoveryVersion which of the account's recovery keys is valid
   * @param entry the account's newest public keys
   * @param proof that the entry stands in the key log
   * @param token the login token
   * @param expiresAt until when it is good
   */
  public record Granted(
      AccountId account,
      long passwordVersion,
      long recoveryVersion,
      KeyLogEntry entry,
      KeyLogProof proof,
      Token token,
      Instant expiresAt) {

    public Granted {
      Checks.atLeastOne("passwordVersion", passwordVersion);
      Checks.atLeastOne("recoveryVersion", recoveryVersion);
    }
  }
}
