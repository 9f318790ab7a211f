package org.tidelock.protocol.keylog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelock.engine.puzzle.Bytes;

class MerkleTreeTest {

  private static final List<Bytes> LEAVES =
      List.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .stream()
          .map(hex -> MerkleTree.leafHash(Bytes.ofHex(hex)))
          .toList();

  /** The roots that the implementations of Certificate Transparency test against. */
  @ParameterizedTest
  @CsvSource({
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  })
  void hasThePublishedRoots(int size, String root) {
    assertThat(MerkleTree.of(LEAVES.subList(0, size)).root()).isEqualTo(Bytes.ofHex(root));
  }

  @Test
  void everyLeafOfEverySizeIsProvenAndNoOther() {
    List<Bytes> leaves = leaves(33);
    for (int size = 1; size <= leaves.size(); size++) {
      MerkleTree tree = MerkleTree.of(leaves.subList(0, size));
      for (int index = 0; index < size; index++) {
        List<Bytes> path = tree.inclusionProof(index);
        assertThat(MerkleProof.includes(leaves.get(index), index, size, path, tree.root()))
            .isTrue();
        assertThat(
                MerkleProof.includes(
                    MerkleTree.leafHash(Bytes.ofHex("ff")), index, size, path, tree.root()))
            .isFalse();
        assertThat(
                MerkleProof.includes(
                    leaves.get(index), (index + 1L) % size, size, path, tree.root()))
            .as("leaf %d of %d at another place", index, size)
            .isEqualTo(size == 1);
        assertThat(MerkleProof.includes(leaves.get(index), size, size, path, tree.root()))
            .isFalse();
        assertThat(
                MerkleProof.includes(leaves.get(index), index, size, appended(path), tree.root()))
            .isFalse();
      }
    }
  }

  @Test
  void everyGrowthIsProvenAndNoRewriting() {
    List<Bytes> leaves = leaves(33);
    for (int newSize = 1; newSize <= leaves.size(); newSize++) {
      MerkleTree tree = MerkleTree.of(leaves.subList(0, newSize));
      for (int oldSize = 1; oldSize <= newSize; oldSize++) {
        Bytes oldRoot = MerkleTree.of(leaves.subList(0, oldSize)).root();
        List<Bytes> path = tree.consistencyProof(oldSize);
        assertThat(MerkleProof.extendsTree(oldSize, oldRoot, newSize, tree.root(), path))
            .as("%d to %d", oldSize, newSize)
            .isTrue();
        List<Bytes> rewritten = new ArrayList<>(leaves.subList(0, oldSize));
        rewritten.set(oldSize - 1, MerkleTree.leafHash(Bytes.ofHex("ff")));
        assertThat(
                MerkleProof.extendsTree(
                    oldSize, MerkleTree.of(rewritten).root(), newSize, tree.root(), path))
            .isFalse();
        assertThat(MerkleProof.extendsTree(oldSize, oldRoot, newSize, tree.root(), appended(path)))
            .isFalse();
      }
    }
  }

  private static List<Bytes> leaves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> MerkleTree.leafHash(Bytes.of(new byte[] {(byte) i})))
        .toList();
  }

  private static List<Bytes> appended(List<Bytes> path) {
    List<Bytes> longer = new ArrayList<>(path);
    longer.add(MerkleTree.leafHash(Bytes.ofHex("ee")));
    return longer;
  }
}
