package org.tidelock.protocol.keylog;

import java.util.List;
import org.tidelock.engine.puzzle.Bytes;

/** Checks the proofs that {@link MerkleTree} makes, knowing only roots (RFC 9162, section 2.1). */
public final class MerkleProof {

  private MerkleProof() {}

  /** Whether the leaf stands at {@code index} in the tree of {@code size} leaves with this root. */
  public static boolean includes(
      Bytes leafHash, long index, long size, List<Bytes> path, Bytes root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Bytes hash = leafHash;
    for (Bytes sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = MerkleTree.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = MerkleTree.node(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether the tree of the old size and root is the beginning of the new one. */
  public static boolean extendsTree(
      long oldSize, Bytes oldRoot, long newSize, Bytes newRoot, List<Bytes> path) {
    if (oldSize < 1 || oldSize > newSize) {
      return false;
    }
    if (oldSize == newSize) {
      return path.isEmpty() && oldRoot.equals(newRoot);
    }
    boolean oldIsComplete = Long.bitCount(oldSize) == 1;
    if (!oldIsComplete && path.isEmpty()) {
      return false;
    }
    long node = (oldSize - 1) >> Long.numberOfTrailingZeros(oldSize);
    long last = (newSize - 1) >> Long.numberOfTrailingZeros(oldSize);
    Bytes oldHash = oldIsComplete ? oldRoot : path.getFirst();
    Bytes newHash = oldHash;
    for (Bytes sibling : oldIsComplete ? path : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = MerkleTree.node(sibling, oldHash);
        newHash = MerkleTree.node(sibling, newHash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newHash = MerkleTree.node(newHash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
  }
}
