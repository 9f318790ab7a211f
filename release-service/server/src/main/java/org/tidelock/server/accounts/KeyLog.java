package org.tidelock.server.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.keylog.KeyLogEntry;
import org.tidelock.protocol.keylog.MerkleTree;
import org.tidelock.server.accounts.KeyLogStore.Node;
import org.tidelock.service.db.Transaction;

/**
 * The append-only tree over every account's keys, RFC 6962 section 2.1, with the hashes of complete
 * subtrees kept: appending and proving cost a number of hashes logarithmic in its size. A complete
 * subtree never changes, so nothing that is stored ever does.
 */
final class KeyLog {

  private final KeyLogStore store;

  KeyLog(KeyLogStore store) {
    this.store = store;
  }

  /** Where an entry stands and what leads from it to the root. */
  record Proof(long leafIndex, List<Bytes> path, long size, Bytes root) {}

  /** What leads from a smaller tree's root to a larger one's. */
  record Growth(List<Bytes> path, long size, Bytes root) {}

  /** Adds an entry. Whoever else appends waits until the transaction ends. */
  void append(Transaction transaction, KeyLogEntry entry) {
    long index = store.lockSize(transaction);
    store.insert(transaction, index, entry);
    Node node = new Node(0, index);
    Bytes hash = entry.leafHash();
    store.insertNode(transaction, node, hash);
    // Each right child completes its parent.
    while (node.index() % 2 == 1) {
      Node left = new Node(node.level(), node.index() - 1);
      hash = MerkleTree.node(hashes(transaction, List.of(List.of(left))).getFirst(), hash);
      node = new Node(node.level() + 1, node.index() / 2);
      store.insertNode(transaction, node, hash);
    }
    store.setSize(transaction, index + 1);
  }

  /** Proves that the leaf at {@code index} is in the tree of the first {@code size} leaves. */
  Proof inclusion(Transaction transaction, long index, long size) {
    List<List<Node>> path = new ArrayList<>();
    collectInclusion(index, 0, size, path);
    path.add(complete(0, size));
    List<Bytes> hashes = hashes(transaction, path);
    return new Proof(index, hashes.subList(0, hashes.size() - 1), size, hashes.getLast());
  }

  /**
   * Proves that the tree of the first {@code oldSize} leaves is the beginning of that of the first
   * {@code size}, which are there.
   */
  Growth growth(Transaction transaction, long oldSize, long size) {
    List<List<Node>> path = new ArrayList<>();
    if (oldSize < size) {
      collectGrowth(oldSize, 0, size, true, path);
    }
    path.add(complete(0, size));
    List<Bytes> hashes = hashes(transaction, path);
    return new Growth(hashes.subList(0, hashes.size() - 1), size, hashes.getLast());
  }

  /** RFC 6962 section 2.1.1, PATH(index, leaves begin..end), lowest first. */
  private static void collectInclusion(long index, long begin, long end, List<List<Node>> path) {
    if (end - begin == 1) {
      return;
    }
    long split = begin + Long.highestOneBit(end - begin - 1);
    if (index < split) {
      collectInclusion(index, begin, split, path);
      path.add(complete(split, end));
    } else {
      collectInclusion(index, split, end, path);
      path.add(complete(begin, split));
    }
  }

  /** RFC 6962 section 2.1.2, SUBPROOF(oldSize, leaves begin..end, known). */
  private static void collectGrowth(
      long oldEnd, long begin, long end, boolean known, List<List<Node>> path) {
    if (oldEnd == end) {
      if (!known) {
        path.add(complete(begin, end));
      }
      return;
    }
    long split = begin + Long.highestOneBit(end - begin - 1);
    if (oldEnd <= split) {
      collectGrowth(oldEnd, begin, split, known, path);
      path.add(complete(split, end));
    } else {
      collectGrowth(oldEnd, split, end, false, path);
      path.add(complete(begin, split));
    }
  }

  /** The complete subtrees that leaves begin..end consist of, the largest, leftmost, first. */
  private static List<Node> complete(long begin, long end) {
    List<Node> nodes = new ArrayList<>();
    long position = begin;
    while (position < end) {
      int level = 63 - Long.numberOfLeadingZeros(end - position);
      nodes.add(new Node(level, position >> level));
      position += 1L << level;
    }
    return nodes;
  }

  /** One hash for each list of complete subtrees, all read at once. */
  private List<Bytes> hashes(Transaction transaction, List<List<Node>> ranges) {
    Map<Node, Bytes> known =
        store.nodes(transaction, ranges.stream().flatMap(List::stream).distinct().toList());
    List<Bytes> hashes = new ArrayList<>();
    for (List<Node> range : ranges) {
      Bytes hash = require(known, range.getLast());
      for (Node node : range.subList(0, range.size() - 1).reversed()) {
        hash = MerkleTree.node(require(known, node), hash);
      }
      hashes.add(hash);
    }
    return hashes;
  }

  private static Bytes require(Map<Node, Bytes> known, Node node) {
    Bytes hash = known.get(node);
    if (hash == null) {
      throw new IllegalStateException("the key log lacks its node %s".formatted(node));
    }
    return hash;
  }
}
