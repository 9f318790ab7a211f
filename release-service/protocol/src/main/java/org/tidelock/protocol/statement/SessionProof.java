package org.tidelock.protocol.statement;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.EncryptionKey;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.protocol.suite.Hmac;
import org.tidelock.protocol.suite.Hpke;
import org.tidelock.protocol.suite.Opening;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * The session challenge: the server seals a random token to the account's encryption key, and the
 * client shows that it could open it. The answer is an authentication code under the token and
 * never the token, and HPKE's info names this purpose: so a message's ciphertext sent as a
 * challenge does not open, and the client is no decryption oracle.
 *
 * @param server who asks
 * @param account who is asked
 * @param device the device the session is for
 * @param deviceKey the key of that device
 * @param challengeId 16 bytes, of the server's choice; each is good for one answer
 */
public record SessionProof(
    ServerId server,
    AccountId account,
    DeviceId device,
    SigningPublicKey deviceKey,
    Bytes challengeId) {

  /** How many bytes the sealed token has. */
  public static final int TOKEN_BYTES = 32;

  /** How many bytes a challenge's identifier has. */
  public static final int ID_BYTES = 16;

  private static final Bytes NO_ASSOCIATED_DATA = Bytes.of(new byte[0]);

  public SessionProof {
    if (challengeId.length() != ID_BYTES) {
      throw new IllegalArgumentException(
          "challenge id has %d bytes; %d required".formatted(challengeId.length(), ID_BYTES));
    }
  }

  /** The server's part: a token sealed to the account. */
  public Bytes seal(EncryptionPublicKey accountKey, SecretBytes token) {
    return Hpke.seal(accountKey, info(), NO_ASSOCIATED_DATA, token);
  }

  /** The client's part: opens the token, to be used for {@link #code} only. */
  public Opening open(EncryptionKey accountKey, Bytes sealed) {
    return Hpke.open(accountKey, info(), NO_ASSOCIATED_DATA, sealed);
  }

  /** The answer, 32 bytes: HMAC-SHA256 under the token over the whole exchange. */
  public Bytes code(SecretBytes token, Bytes sealed) {
    return Hmac.of(token, transcript(sealed));
  }

  /** Whether an answer is right, compared in time independent of where it differs. */
  public boolean verify(SecretBytes token, Bytes sealed, Bytes code) {
    return Hmac.verify(token, transcript(sealed), code);
  }

  private Bytes info() {
    return common("tidelock/v1/session-challenge").encoded();
  }

  private Bytes transcript(Bytes sealed) {
    return common("tidelock/v1/session-answer")
        .bytes(deviceKey.value())
        .bytes(Sha256.of(sealed))
        .encoded();
  }

  private Canonical common(String label) {
    return new Canonical(label)
        .bytes(server.value())
        .bytes(account.value())
        .bytes(device.value())
        .bytes(challengeId);
  }
}
