package org.tidelock.protocol.keys;

import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.suite.Argon2Cost;
import org.tidelock.protocol.suite.Argon2id;
import org.tidelock.protocol.suite.RandomBytes;

/**
 * How one account's password becomes its master key: Argon2id version 1.3, its cost and its salt.
 *
 * @param cost what a guess costs
 * @param salt 16 bytes, fresh for every password
 */
public record PasswordKdf(Argon2Cost cost, Bytes salt) {

  public PasswordKdf {
    if (salt.length() != Argon2id.SALT_BYTES) {
      throw new IllegalArgumentException(
          "salt has %d bytes; %d required".formatted(salt.length(), Argon2id.SALT_BYTES));
    }
  }

  /** The given cost with a fresh salt. */
  public static PasswordKdf fresh(Argon2Cost cost) {
    return new PasswordKdf(cost, RandomBytes.ofLength(Argon2id.SALT_BYTES));
  }

  /** These parameters as one field of a signed statement. */
  public Bytes encoded() {
    return new Canonical("tidelock/v1/password-kdf")
        .integer(cost.memoryKib())
        .integer(cost.iterations())
        .integer(cost.parallelism())
        .bytes(salt)
        .encoded();
  }
}
