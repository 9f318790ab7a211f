package org.tidelock.protocol.keylog;

import java.time.Instant;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * What the server vouches for: the log of all accounts' keys has this many entries and this root.
 * Two signed heads of which neither extends the other prove that the server showed two histories.
 *
 * @param size how many entries, of all accounts together
 * @param root the root of the Merkle tree over them
 * @param createdAt when the server signed, in whole milliseconds
 * @param signature by the server's signing key
 */
public record KeyLogHead(long size, Bytes root, Instant createdAt, Signature signature) {

  public KeyLogHead {
    if (size < 1) {
      throw new IllegalArgumentException("size is %d; at least 1 required".formatted(size));
    }
    if (root.length() != Sha256.BYTES) {
      throw new IllegalArgumentException(
          "root has %d bytes; %d required".formatted(root.length(), Sha256.BYTES));
    }
  }

  /** Signs a head. */
  public static KeyLogHead sign(
      ServerId server, SigningKey serverKey, long size, Bytes root, Instant createdAt) {
    Signature signature = serverKey.sign(statement(server, size, root, createdAt));
    return new KeyLogHead(size, root, createdAt, signature);
  }

  /** Whether the server signed it. */
  public boolean isSigned(ServerId server, SigningPublicKey serverKey) {
    return serverKey.verifies(statement(server, size, root, createdAt), signature);
  }

  private static Canonical statement(ServerId server, long size, Bytes root, Instant createdAt) {
    return new Canonical("tidelock/v1/key-log-head")
        .bytes(server.value())
        .integer(size)
        .bytes(root)
        .integer(createdAt.toEpochMilli());
  }
}
