package org.tidelock.protocol.wire;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.keylog.KeyLogProof;
import org.tidelock.protocol.statement.DeviceCertificate;
import org.tidelock.protocol.statement.SessionProof;
import org.tidelock.protocol.suite.AesGcm;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Suite;

/** The documents of sessions: the challenge of the private key, and the tokens. */
public final class Session {

  private Session() {}

  /**
   * A token sealed to the account's encryption key; see {@link SessionProof}.
   *
   * @param challenge 16 bytes, to be given with the answer
   * @param generation of the encryption key it is sealed to
   * @param sealed the HPKE message
   * @param expiresAt until when the answer is taken
   */
  public record Challenge(Bytes challenge, long generation, Bytes sealed, Instant expiresAt) {

    public Challenge {
      Checks.length("challenge", challenge, SessionProof.ID_BYTES);
      Checks.atLeastOne("generation", generation);
      if (sealed.length() != sealedBytes(Suite.X25519)
          && sealed.length() != sealedBytes(Suite.X_WING)) {
        throw new IllegalArgumentException(
            "sealed has %d bytes; %d required in suite 1, %d in suite 2"
                .formatted(sealed.length(), sealedBytes(Suite.X25519), sealedBytes(Suite.X_WING)));
      }
    }

    private static int sealedBytes(Suite suite) {
      return suite.encapsulationBytes() + SessionProof.TOKEN_BYTES + AesGcm.TAG_BYTES;
    }
  }

  /**
   * Shows that the device holds the account's private keys.
   *
   * @param challenge from {@link Challenge}
   * @param code {@link SessionProof#code}, 32 bytes
   * @param device the certificate the account's signing key gave the device
   */
  public record Answer(Bytes challenge, Bytes code, DeviceCertificate device) {

    public Answer {
      Checks.length("challenge", challenge, SessionProof.ID_BYTES);
      Checks.length("code", code, Sha256.BYTES);
    }
  }

  /** What a device acts with: everything, for a while, and a token to be exchanged for the next. */
  public record Tokens(
      Token accessToken, Instant accessExpiresAt, Token refreshToken, Instant refreshExpiresAt) {}

  /**
   * The first session of a new account.
   *
   * @param account whose it is
   * @param proof that the account's first keys stand in the key log
   */
  public record Opened(AccountId account, KeyLogProof proof, Tokens tokens) {}

  /** Exchanges a refresh token. Used twice, it ends every token of its login. */
  public record Refresh(Token refreshToken) {}

  /**
   * Who the token belongs to.
   *
   * @param passwordVersion which of the account's passwords is valid
   * @param generation of the account's newest keys
   */
  public record WhoAmI(
      AccountId account, AccountName name, DeviceId device, long passwordVersion, long generation) {

    public WhoAmI {
      Checks.atLeastOne("passwordVersion", passwordVersion);
      Checks.atLeastOne("generation", generation);
    }
  }
}
