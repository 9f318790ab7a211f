package org.tidelock.bench.compare;

import java.util.List;
import java.util.OptionalInt;

/**
 * How many 52-bit multiply-adds (vpmadd52luq and vpmadd52huq, eight lanes each) the kernel {@code
 * ifma} issues for one squaring. Times the nanoseconds of one such instruction at best, that is the
 * port bound: less time than that it cannot take on this CPU without issuing fewer.
 *
 * <p>The table repeats the sizes in {@code tlp-engine/src/main/c/ifma/size_*.h}; {@code
 * bench/README.md} says how to count the instructions in the library as built.
 */
final class MultiplyAdds {

  private static final String KERNEL = "ifma";

  private static final List<Size> SIZES =
      List.of(
          new Size(1034, 3, 20, 3),
          new Size(1554, 4, 30, 2),
          new Size(2074, 5, 40, 2),
          new Size(2593, 7, 50, 2),
          new Size(3113, 8, 60, 2),
          new Size(4101, 10, 79, 2));

  private MultiplyAdds() {}

  /** The count of the kernel named {@code kernel}; none where it uses another multiplier. */
  static OptionalInt ofSquaring(String kernel, int bits) {
    if (!kernel.equals(KERNEL)) {
      return OptionalInt.empty();
    }
    return SIZES.stream()
        .filter(size -> bits <= size.mostBits())
        .mapToInt(Size::multiplyAdds)
        .findFirst();
  }

  /**
   * One size of the kernel.
   *
   * @param mostBits of a modulus
   * @param registers K, of eight digits of 52 bits each
   * @param digits E, at most 8 K; K of them form a group
   * @param lag how many groups higher a group is folded
   */
  private record Size(int mostBits, int registers, int digits, int lag) {

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
