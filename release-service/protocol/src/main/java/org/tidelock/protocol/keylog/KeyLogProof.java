package org.tidelock.protocol.keylog;

import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * The server's word that an entry stands in its log.
 *
 * @param leafIndex the entry's place among all accounts' entries, from 0
 * @param path the hashes from the leaf to the root, lowest first; at most 63
 * @param head the signed head that the path leads to
 */
public record KeyLogProof(long leafIndex, List<Bytes> path, KeyLogHead head) {

  private static final int MAX_PATH = 63;

  public KeyLogProof {
    if (leafIndex < 0) {
      throw new IllegalArgumentException("leafIndex is %d; at least 0".formatted(leafIndex));
    }
    path = requirePath(path);
  }

  /** Whether the head is the server's and the entry stands under it. */
  public boolean proves(KeyLogEntry entry, ServerId server, SigningPublicKey serverKey) {
    return head.isSigned(server, serverKey)
        && MerkleProof.includes(entry.leafHash(), leafIndex, head.size(), path, head.root());
  }

  static List<Bytes> requirePath(List<Bytes> path) {
    if (path.size() > MAX_PATH) {
      throw new IllegalArgumentException(
          "path has %d hashes; at most %d allowed".formatted(path.size(), MAX_PATH));
    }
    for (Bytes hash : path) {
      if (hash.length() != Sha256.BYTES) {
        throw new IllegalArgumentException(
            "path has a hash of %d bytes; %d required".formatted(hash.length(), Sha256.BYTES));
      }
    }
    return List.copyOf(path);
  }
}
