package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.util.List;

/**
 * A puzzle in the form published in 1996 and 1999, of which LCS35 is the best known: w = 2^(2^t)
 * mod n, and the message is w XOR z. It has no key, no commitment and no check: a wrong w gives a
 * wrong message.
 *
 * <p>Immutable; safe for use by many threads.
 *
 * @param squarings t, at least 1
 * @param modulus n, odd, of 4 to 8192 bits
 * @param ciphertext z, of at most 8192 bits
 */
public record ClassicPuzzle(long squarings, BigInteger modulus, BigInteger ciphertext) {

  /** The fewest bits of a modulus that is accepted without the explicit flag: LCS35 has 2046. */
  public static final int MIN_SECURE_BITS = 2000;

  /** The most bits of n and z. */
  public static final int MAX_BITS = 8192;

  private static final int MIN_BITS = 4;
  private static final int PRIME_CERTAINTY = 80;

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ClassicPuzzle {
    try {
      requireStructure(squarings, modulus, ciphertext);
    } catch (PuzzleFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Reads a description as it was published: lines {@code t = ...}, {@code n = ...}, {@code z =
   * ...} in decimal, whose numbers may run over the lines below; everything else is ignored.
   *
   * @throws PuzzleFormatException if one of the three is missing, given twice with different values
   *     or out of its range
   */
  public static ClassicPuzzle parse(String text) throws PuzzleFormatException {
    ClassicText numbers = ClassicText.read(text);
    BigInteger t = numbers.value('t');
    if (t.signum() == 0) {
      throw new PuzzleFormatException(
          "t is 0; at least 1 required, for without squarings w is 2 and the message 2 XOR z");
    }
    if (t.bitLength() >= Long.SIZE) {
      throw new PuzzleFormatException(
          "t has %d bits; at most 2^63 - 1 allowed, which is thousands of years of squaring"
              .formatted(t.bitLength()));
    }
    requireStructure(t.longValue(), numbers.value('n'), numbers.value('z'));
    return new ClassicPuzzle(t.longValue(), numbers.value('n'), numbers.value('z'));
  }

  /** SHA-256 of the canonical encoding of t, n and z. */
  public Bytes id() {
    int bits = modulus.bitLength();
    int ciphertextBytes = (ciphertext.bitLength() + 7) / 8;
    return Bytes.of(
        Sha256.of(
            new Canonical("tidelock/v1/classic-puzzle")
                .integer(bits)
                .number(modulus, (bits + 7) / 8)
                .integer(squarings)
                .number(ciphertext, ciphertextBytes)
                .encoded()));
  }

  /** What a solver has to do; the base is 2. Its result is w. */
  public SquaringWork work() {
    return new SquaringWork(modulus, BigInteger.TWO, squarings, id());
  }

  /** What makes the modulus worthless, if anything: to be said before anyone spends a day on it. */
  public List<ModulusWeakness> weaknesses() {
    return ModulusAudit.weaknesses(modulus, MIN_SECURE_BITS);
  }

  /**
   * Checks that there is no weakness. {@link ModulusPolicy#INSECURE_ALLOW_SMALL} excuses every one:
   * a foreign puzzle can be solved whether or not there is a faster way.
   *
   * @throws PuzzleFormatException with the first weakness
   */
  public void requireSound(ModulusPolicy policy) throws PuzzleFormatException {
    switch (policy) {
      case STANDARD -> ModulusAudit.requireSound(modulus, MIN_SECURE_BITS, policy);
      case INSECURE_ALLOW_SMALL -> {
        return;
      }
    }
  }

  /**
   * Opens the puzzle at once by a prime factor of the modulus, in milliseconds for any t. The other
   * factor must be prime too; n itself is taken where it is prime.
   */
  public FactorOutcome solveByFactor(BigInteger factor) {
    if (factor.compareTo(BigInteger.ONE) <= 0 || factor.compareTo(modulus) > 0) {
      return new FactorOutcome.NotUsable("factor must be greater than 1 and at most n");
    }
    BigInteger[] division = modulus.divideAndRemainder(factor);
    if (division[1].signum() != 0) {
      return new FactorOutcome.NotUsable("the number given does not divide n");
    }
    BigInteger cofactor = division[0];
    if (!factor.isProbablePrime(PRIME_CERTAINTY)) {
      return new FactorOutcome.NotUsable(
          factor.equals(modulus)
              ? "the number given is n itself, which is composite; one of its prime factors required"
              : "the number given divides n but is composite; a prime factor required");
    }
    if (!cofactor.equals(BigInteger.ONE) && !cofactor.isProbablePrime(PRIME_CERTAINTY)) {
      return new FactorOutcome.NotUsable(
          "the cofactor (%d bits) is composite: n has more than two prime factors, and all are required"
              .formatted(cofactor.bitLength()));
    }
    BigInteger exponent =
        BigInteger.TWO.modPow(BigInteger.valueOf(squarings), totient(factor, cofactor));
    return new FactorOutcome.Solved(BigInteger.TWO.modPow(exponent, modulus));
  }

  /**
   * The message that a solution gives.
   *
   * @param w the solution, from 0 to n - 1
   */
  public ClassicMessage message(BigInteger w) {
    if (w.signum() < 0 || w.compareTo(modulus) >= 0) {
      throw new IllegalArgumentException("solution is not a number below the modulus");
    }
    BigInteger message = w.xor(ciphertext);
    return new ClassicMessage(Bytes.of(Canonical.unsigned(message, (message.bitLength() + 7) / 8)));
  }

  @Override
  public String toString() {
    return "ClassicPuzzle[%d bits, %d squarings, id %s]"
        .formatted(modulus.bitLength(), squarings, id());
  }

  /** The order of the group modulo p q, where q may be p again or 1. */
  private static BigInteger totient(BigInteger p, BigInteger q) {
    BigInteger order = p.subtract(BigInteger.ONE);
    if (q.equals(BigInteger.ONE)) {
      return order;
    }
    return order.multiply(q.equals(p) ? p : q.subtract(BigInteger.ONE));
  }

  private static void requireStructure(long squarings, BigInteger modulus, BigInteger ciphertext)
      throws PuzzleFormatException {
    if (squarings < 1) {
      throw new PuzzleFormatException("t is %d; at least 1 required".formatted(squarings));
    }
    int bits = modulus.bitLength();
    if (modulus.signum() <= 0 || bits < MIN_BITS || bits > MAX_BITS) {
      throw new PuzzleFormatException(
          "n has %d bits; %d to %d allowed".formatted(bits, MIN_BITS, MAX_BITS));
    }
    if (!modulus.testBit(0)) {
      throw new PuzzleFormatException("n is even; a product of two odd primes required");
    }
    if (ciphertext.signum() < 0 || ciphertext.bitLength() > MAX_BITS) {
      throw new PuzzleFormatException(
          "z has %d bits; at most %d allowed".formatted(ciphertext.bitLength(), MAX_BITS));
    }
  }
}
