package org.tidelock.protocol.keylog;

import java.util.ArrayList;
import java.util.List;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.Sha256;

/**
 * The Merkle hash tree of RFC 6962, section 2.1, over SHA-256: leaf = SHA-256(0x00 ‖ entry), node =
 * SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below the size. Immutable. Each
 * call costs a hash for every leaf; a server with a long log keeps the nodes and uses {@link
 * #node}.
 */
public final class MerkleTree {

  private final List<Bytes> leaves;

  private MerkleTree(List<Bytes> leaves) {
    this.leaves = leaves;
  }

  /** The tree of these leaf hashes, in order; at least one. */
  public static MerkleTree of(List<Bytes> leafHashes) {
    if (leafHashes.isEmpty()) {
      throw new IllegalArgumentException("a tree of 0 leaves; at least 1 required");
    }
    return new MerkleTree(List.copyOf(leafHashes));
  }

  /** The hash that stands for an entry. */
  public static Bytes leafHash(Bytes entry) {
    byte[] bytes = entry.toArray();
    byte[] prefixed = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, prefixed, 1, bytes.length);
    return Sha256.of(prefixed);
  }

  /** The hash that stands for all leaves. */
  public Bytes root() {
    return root(leaves);
  }

  /** The hashes that lead from a leaf to the root, lowest first (RFC 6962, section 2.1.1). */
  public List<Bytes> inclusionProof(int index) {
    List<Bytes> path = new ArrayList<>();
    collectInclusion(index, leaves, path);
    return List.copyOf(path);
  }

  /**
   * The hashes that show that the tree of the first {@code oldSize} leaves is the beginning of this
   * one (RFC 6962, section 2.1.2).
   */
  public List<Bytes> consistencyProof(int oldSize) {
    if (oldSize < 1 || oldSize > leaves.size()) {
      throw new IllegalArgumentException(
          "old size is %d; 1 to %d possible".formatted(oldSize, leaves.size()));
    }
    List<Bytes> path = new ArrayList<>();
    collectConsistency(oldSize, leaves, true, path);
    return List.copyOf(path);
  }

  /** The hash of the node above two others. */
  public static Bytes node(Bytes left, Bytes right) {
    byte[] bytes = new byte[1 + 2 * Sha256.BYTES];
    bytes[0] = 1;
    System.arraycopy(left.toArray(), 0, bytes, 1, Sha256.BYTES);
    System.arraycopy(right.toArray(), 0, bytes, 1 + Sha256.BYTES, Sha256.BYTES);
    return Sha256.of(bytes);
  }

  private static Bytes root(List<Bytes> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = split(leaves.size());
    return node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  private static void collectInclusion(int index, List<Bytes> leaves, List<Bytes> path) {
    if (leaves.size() == 1) {
      return;
    }
    int split = split(leaves.size());
    List<Bytes> left = leaves.subList(0, split);
    List<Bytes> right = leaves.subList(split, leaves.size());
    if (index < split) {
      collectInclusion(index, left, path);
      path.add(root(right));
    } else {
      collectInclusion(index - split, right, path);
      path.add(root(left));
    }
  }

  private static void collectConsistency(
      int oldSize, List<Bytes> leaves, boolean oldRootKnown, List<Bytes> path) {
    if (oldSize == leaves.size()) {
      if (!oldRootKnown) {
        path.add(root(leaves));
      }
      return;
    }
    int split = split(leaves.size());
    List<Bytes> left = leaves.subList(0, split);
    List<Bytes> right = leaves.subList(split, leaves.size());
    if (oldSize <= split) {
      collectConsistency(oldSize, left, oldRootKnown, path);
      path.add(root(right));
    } else {
      collectConsistency(oldSize - split, right, false, path);
      path.add(root(left));
    }
  }

  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }
}
