package org.tidelock.protocol.keylog;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.EncryptionPublicKey;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;
import org.tidelock.protocol.suite.Suite;

/**
 * One generation of an account's public keys, signed by its own signing key and by that of the
 * generation before. A record that exists has the right form; {@link #isSigned} says whether the
 * signatures are right.
 *
 * @param suite the suite of the encryption key
 * @param account whose keys they are
 * @param generation 1 for the first keys, one more with each renewal
 * @param signingKey the generation's signing key: the account's identity
 * @param encryptionKey what messages to the account are sealed to
 * @param previous the leaf hash of the entry before; 32 zero bytes in generation 1
 * @param createdAt when the client made it, in whole milliseconds
 * @param signature by this generation's signing key
 * @param approval by the signing key of the generation before; in generation 1 the same signature
 *     as {@code signature}
 */
public record KeyLogEntry(
    Suite suite,
    AccountId account,
    long generation,
    SigningPublicKey signingKey,
    EncryptionPublicKey encryptionKey,
    Bytes previous,
    Instant createdAt,
    Signature signature,
    Signature approval) {

  /** What {@code previous} is in generation 1. */
  public static final Bytes NO_PREVIOUS = Bytes.of(new byte[Sha256.BYTES]);

  public KeyLogEntry {
    if (generation < 1) {
      throw new IllegalArgumentException(
          "generation is %d; at least 1 required".formatted(generation));
    }
    if (encryptionKey.suite() != suite) {
      throw new IllegalArgumentException(
          "encryption key is of suite %d; the entry says %d"
              .formatted(encryptionKey.suite().number(), suite.number()));
    }
    if (previous.length() != Sha256.BYTES) {
      throw new IllegalArgumentException(
          "previous has %d bytes; %d required".formatted(previous.length(), Sha256.BYTES));
    }
    if ((generation == 1) != previous.equals(NO_PREVIOUS)) {
      throw new IllegalArgumentException(
          "previous must be zeros in generation 1, and in no other; generation is %d"
              .formatted(generation));
    }
    if (generation == 1 && !approval.equals(signature)) {
      throw new IllegalArgumentException("in generation 1 approval must equal signature");
    }
  }

  /** The first entry of an account. */
  public static KeyLogEntry first(
      ServerId server,
      AccountId account,
      SigningKey signingKey,
      EncryptionPublicKey encryptionKey,
      Instant createdAt) {
    Canonical statement =
        statement(
            server, account, 1, signingKey.publicKey(), encryptionKey, NO_PREVIOUS, createdAt);
    Signature signature = signingKey.sign(statement);
    return new KeyLogEntry(
        encryptionKey.suite(),
        account,
        1,
        signingKey.publicKey(),
        encryptionKey,
        NO_PREVIOUS,
        createdAt,
        signature,
        signature);
  }

  /** The entry that follows this one. */
  public KeyLogEntry next(
      ServerId server,
      SigningKey currentKey,
      SigningKey newKey,
      EncryptionPublicKey newEncryptionKey,
      Instant renewedAt) {
    Canonical statement =
        statement(
            server,
            account,
            generation + 1,
            newKey.publicKey(),
            newEncryptionKey,
            leafHash(),
            renewedAt);
    return new KeyLogEntry(
        newEncryptionKey.suite(),
        account,
        generation + 1,
        newKey.publicKey(),
        newEncryptionKey,
        leafHash(),
        renewedAt,
        newKey.sign(statement),
        currentKey.sign(statement));
  }

  /**
   * Whether both signatures are right.
   *
   * @param approver the signing key of the generation before; in generation 1 the entry's own
   */
  public boolean isSigned(ServerId server, SigningPublicKey approver) {
    Canonical statement = statement(server);
    return signingKey.verifies(statement, signature) && approver.verifies(statement, approval);
  }

  /** What both keys sign. */
  public Canonical statement(ServerId server) {
    return statement(server, account, generation, signingKey, encryptionKey, previous, createdAt);
  }

  /** The hash that stands for this entry in the tree: over every field, signatures included. */
  public Bytes leafHash() {
    return MerkleTree.leafHash(
        new Canonical("tidelock/v1/key-log-leaf")
            .integer(suite.number())
            .bytes(account.value())
            .integer(generation)
            .bytes(signingKey.value())
            .bytes(encryptionKey.value())
            .bytes(previous)
            .integer(createdAt.toEpochMilli())
            .bytes(signature.value())
            .bytes(approval.value())
            .encoded());
  }

  private static Canonical statement(
      ServerId server,
      AccountId account,
      long generation,
      SigningPublicKey signingKey,
      EncryptionPublicKey encryptionKey,
      Bytes previous,
      Instant createdAt) {
    return new Canonical("tidelock/v1/key-log-entry")
        .integer(encryptionKey.suite().number())
        .bytes(server.value())
        .bytes(account.value())
        .integer(generation)
        .bytes(signingKey.value())
        .bytes(encryptionKey.value())
        .bytes(previous)
        .integer(createdAt.toEpochMilli());
  }
}
