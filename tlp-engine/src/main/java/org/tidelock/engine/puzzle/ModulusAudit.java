package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelock.engine.puzzle.ModulusWeakness.Kind;

/**
 * Looks for what makes a modulus worthless: see {@link ModulusWeakness.Kind}. Cost at 2048 bits:
 * about ten milliseconds, and once in a process some tens more to find the primes below 2^20.
 * Bounded for any input, since the sizes are.
 *
 * <p>What was found is remembered for the {@value #REMEMBERED} moduli asked about last, since a
 * thousand puzzles may share one, and a verdict never changes. Thread-safe.
 *
 * <p>The primality test errs only towards "prime", on composites built to deceive it; refusing
 * those is right too. Nothing here can tell that a modulus is hard to factor.
 */
final class ModulusAudit {

  /** Composites below this many bits have small factors or are squares: nothing to be learnt. */
  private static final int TINY_BITS = 64;

  private static final int PRIME_CERTAINTY = 80;

  private static final int REMEMBERED = 64;

  private static final Map<Question, List<ModulusWeakness>> ANSWERS =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, List<ModulusWeakness>> eldest) {
              return size() > REMEMBERED;
            }
          });

  private record Question(BigInteger modulus, int minBits) {}

  private ModulusAudit() {}

  /** All weaknesses of a modulus greater than 1, the shortness first. */
  static List<ModulusWeakness> weaknesses(BigInteger modulus, int minBits) {
    Question question = new Question(modulus, minBits);
    List<ModulusWeakness> known = ANSWERS.get(question);
    if (known == null) {
      // Not under the map's lock: twice at once does no harm.
      known = examine(modulus, minBits);
      ANSWERS.put(question, known);
    }
    return known;
  }

  private static List<ModulusWeakness> examine(BigInteger modulus, int minBits) {
    List<ModulusWeakness> found = new ArrayList<>();
    int bits = modulus.bitLength();
    if (bits < minBits) {
      found.add(
          new ModulusWeakness(
              Kind.SHORT,
              "modulus has %d bits; at least %d required (--insecure-allow-small-modulus to open it anyway)"
                  .formatted(bits, minBits)));
    }
    if (!modulus.testBit(0)) {
      found.add(
          new ModulusWeakness(Kind.EVEN, "modulus is even; a product of two odd primes required"));
      return List.copyOf(found);
    }
    if (modulus.isProbablePrime(PRIME_CERTAINTY)) {
      found.add(
          new ModulusWeakness(
              Kind.PRIME,
              "modulus is prime; a product of two primes required, for anyone shortens the work modulo a prime"));
      return List.copyOf(found);
    }
    SmallPrimes.smallestFactor(modulus)
        .ifPresent(
            factor ->
                found.add(
                    new ModulusWeakness(
                        Kind.SMALL_FACTOR,
                        "modulus has the factor %d; factors below 2^20 are refused, for anyone finds them"
                            .formatted(factor))));
    int exponent = perfectPower(modulus);
    if (exponent > 1) {
      found.add(
          new ModulusWeakness(
              Kind.PERFECT_POWER,
              "modulus is a perfect power (exponent %d); a product of two different primes required"
                  .formatted(exponent)));
    }
    return List.copyOf(found);
  }

  /** Throws for the first weakness that the policy does not excuse. */
  static void requireSound(BigInteger modulus, int minBits, ModulusPolicy policy)
      throws PuzzleFormatException {
    for (ModulusWeakness weakness : weaknesses(modulus, minBits)) {
      if (!excused(weakness, modulus, policy)) {
        throw new PuzzleFormatException(weakness.message());
      }
    }
  }

  private static boolean excused(
      ModulusWeakness weakness, BigInteger modulus, ModulusPolicy policy) {
    return switch (policy) {
      case STANDARD -> false;
      case INSECURE_ALLOW_SMALL ->
          switch (weakness.kind()) {
            case SHORT -> true;
            case SMALL_FACTOR -> modulus.bitLength() < TINY_BITS;
            case EVEN, PRIME, PERFECT_POWER -> false;
          };
    };
  }

  /**
   * The smallest prime k with modulus = a^k, or 1. Beyond bits / 20 the root would be below 2^20:
   * then a small factor has been found already, but for tiny moduli, where all k are tried.
   */
  private static int perfectPower(BigInteger modulus) {
    for (int k : SmallPrimes.upTo(Math.max(TINY_BITS, modulus.bitLength() / 20))) {
      if (floorRoot(modulus, k).pow(k).equals(modulus)) {
        return k;
      }
    }
    return 1;
  }

  /**
   * The k-th root of n, rounded down, by Newton's method from above. The start is right to some 30
   * bits, so that the number of steps grows with the logarithm of the root's length only.
   */
  static BigInteger floorRoot(BigInteger n, int k) {
    if (k == 2) {
      return n.sqrt();
    }
    BigInteger root = rootFromAbove(n, k);
    while (true) {
      BigInteger next =
          root.multiply(BigInteger.valueOf(k - 1L))
              .add(n.divide(root.pow(k - 1)))
              .divide(BigInteger.valueOf(k));
      if (next.compareTo(root) >= 0) {
        return root;
      }
      root = next;
    }
  }

  private static BigInteger rootFromAbove(BigInteger n, int k) {
    int shift = Math.max(0, n.bitLength() - 62);
    double log2 = Math.log((double) n.shiftRight(shift).longValue()) / Math.log(2) + shift;
    double rootLog2 = log2 / k;
    int whole = Math.max(0, (int) rootLog2 - 40);
    long digits = (long) (Math.pow(2, rootLog2 - whole) * (1 + 0x1p-28)) + 2;
    return BigInteger.valueOf(digits).shiftLeft(whole);
  }
}
