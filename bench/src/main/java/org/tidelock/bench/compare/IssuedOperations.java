package org.tidelock.bench.compare;

import java.util.List;
import java.util.Optional;

/**
 * What the kernel {@code ifma} issues for one squaring, on registers of eight lanes. Times the
 * nanoseconds of one multiply-add at best, that is a bound: less time it cannot take on this CPU
 * without issuing less.
 *
 * <p>There are two such bounds. The one of the multiply-adds alone holds on every CPU. The one of
 * all vector operations holds where these share the multiplier's ports, as on Intel's CPUs with two
 * 512-bit ports.
 *
 * @param multiplyAdds vpmadd52luq and vpmadd52huq
 * @param others what else needs a port for arithmetic: shuffles between lanes, broadcasts from
 *     registers, sums, shifts, logic; not loads, stores, broadcasts from memory, or moves between
 *     registers
 */
record IssuedOperations(int multiplyAdds, int others) {

  private static final String KERNEL = "ifma";

  /**
   * Repeats the sizes in {@code tlp-engine/src/main/c/ifma/size_*.h}. The last column is counted in
   * the library that gcc 12 makes of them; {@code bench/README.md} says how.
   */
  private static final List<Size> SIZES =
      List.of(
          new Size(1034, 3, 20, 3, 46),
          new Size(1138, 3, 22, 3, 48),
          new Size(1554, 4, 30, 2, 65),
          new Size(2074, 5, 40, 2, 83),
          new Size(2593, 7, 50, 2, 112),
          new Size(3113, 8, 60, 2, 130),
          new Size(4101, 10, 79, 2, 107));

  /** For a squaring by the kernel named {@code kernel}; none where it uses another multiplier. */
  static Optional<IssuedOperations> ofSquaring(String kernel, int bits) {
    if (!kernel.equals(KERNEL)) {
      return Optional.empty();
    }
    return SIZES.stream()
        .filter(size -> bits <= size.mostBits())
        .findFirst()
        .map(size -> new IssuedOperations(size.multiplyAdds(), size.others()));
  }

  /** Both together. */
  int all() {
    return multiplyAdds + others;
  }

  /**
   * One size of the kernel.
   *
   * @param mostBits of a modulus
   * @param registers K, of eight digits of 52 bits each
   * @param digits E, at most 8 K; K of them form a group
   * @param lag how many groups higher a group is folded
   */
  private record Size(int mostBits, int registers, int digits, int lag, int others) {

    /**
     * A low and a high half for each of: the digits' rows, digit i of a group times i + 1
     * registers; the groups folded, K digits times K registers; and the digits folded one by one up
     * to the last, times K registers each.
     */
    int multiplyAdds() {
      int groups = digits / registers;
      int rest = digits % registers;
      int rows = groups * upTo(registers) + upTo(rest);
      int foldedGroups = groups - lag;
      int foldedDigits = digits - registers * foldedGroups;
      return 2 * (rows + foldedGroups * registers * registers + foldedDigits * registers);
    }

    private static int upTo(int n) {
      return n * (n + 1) / 2;
    }
  }
}
