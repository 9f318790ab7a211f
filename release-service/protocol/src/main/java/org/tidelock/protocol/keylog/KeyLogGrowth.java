package org.tidelock.protocol.keylog;

import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.ServerId;
import org.tidelock.protocol.suite.SigningPublicKey;

/**
 * The server's word that its log has only grown since a head that a client remembers.
 *
 * @param path the hashes of the consistency proof; at most 63
 * @param head the signed head of today
 */
public record KeyLogGrowth(List<Bytes> path, KeyLogHead head) {

  public KeyLogGrowth {
    path = KeyLogProof.requirePath(path);
  }

  /** Whether the head is the server's and the remembered log is its beginning. */
  public boolean proves(
      long rememberedSize, Bytes rememberedRoot, ServerId server, SigningPublicKey serverKey) {
    return head.isSigned(server, serverKey)
        && MerkleProof.extendsTree(rememberedSize, rememberedRoot, head.size(), head.root(), path);
  }
}
