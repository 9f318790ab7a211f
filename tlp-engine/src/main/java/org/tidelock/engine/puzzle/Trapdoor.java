package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The factors p and q of a modulus: with them, T squarings shrink to two powers of half the size.
 * Whoever has them opens every puzzle over the modulus at once, so they never leave this class.
 *
 * <p>Cost of a power at 2048 bits: 1 to 2 ms, whatever T. {@link #close} overwrites the factors; of
 * the numbers computed from them, copies live on in the heap until the garbage collector reuses the
 * place, for Java's big numbers cannot be overwritten.
 *
 * <p><b>Faults.</b> A result that is right modulo q and wrong modulo p gives p away to whoever
 * learns both it and the right result (Boneh, DeMillo and Lipton, 1997); the right one becomes
 * known when the puzzle is solved. The wrong one stays behind HKDF, but a puzzle made with it never
 * opens, so neither may happen. Following Shamir (1997), both powers are computed modulo pr and qr,
 * for a secret random 64-bit prime r, and must agree modulo r with one another and with a third
 * power computed modulo r alone, from T and x again. A fault in an exponent, a modulus, a base or a
 * power passes with probability about 2^-63. The recombination is checked by reducing its result
 * modulo p and q, and pq against the modulus as published. After a failed check nothing leaves but
 * an exception without numbers.
 *
 * <p>Safe for use by many threads. A power begun before {@link #close} runs to its end; one begun
 * after it fails with {@link IllegalStateException}.
 */
public final class Trapdoor implements AutoCloseable {

  private static final int GUARD_BITS = 64;

  /** The fewest bits at which both primes exceed 2^20. */
  static final int MIN_BITS = 64;

  private final BigInteger modulus;
  private final byte[] p;
  private final byte[] q;
  private final byte[] qInverse;
  private final byte[] guard;
  private boolean closed;

  private Trapdoor(BigInteger p, BigInteger q, BigInteger guard) {
    this.modulus = p.multiply(q);
    this.p = p.toByteArray();
    this.q = q.toByteArray();
    this.qInverse = q.modInverse(p).toByteArray();
    this.guard = guard.toByteArray();
  }

  /**
   * Makes a modulus of exactly {@code bits} bits from two random primes of equal length that differ
   * by more than 2^(bits/2 - 100). About 100 ms at 2048 bits.
   *
   * @param bits even; 2048, 3072 and 4096 are for use, from 64 up for tests
   */
  public static Trapdoor generate(int bits, SecureRandom random) {
    if (bits < MIN_BITS || bits > Puzzle.MAX_BITS || bits % 2 != 0) {
      throw new IllegalArgumentException(
          "modulus of %d bits; an even number from %d to %d required"
              .formatted(bits, MIN_BITS, Puzzle.MAX_BITS));
    }
    BigInteger p = prime(bits / 2, random);
    BigInteger q = prime(bits / 2, random);
    while (tooClose(p, q)) {
      q = prime(bits / 2, random);
    }
    return new Trapdoor(p, q, BigInteger.probablePrime(GUARD_BITS, random));
  }

  /** A trapdoor of known primes, for vectors. */
  static Trapdoor ofPrimes(BigInteger p, BigInteger q, SecureRandom random) {
    return new Trapdoor(p, q, BigInteger.probablePrime(GUARD_BITS, random));
  }

  /** N = p q, the public half. */
  public BigInteger modulus() {
    return modulus;
  }

  /** Whether a base from 1 to N - 1 has no factor in common with N. */
  synchronized boolean isUnit(BigInteger base) {
    if (closed) {
      throw new IllegalStateException("trapdoor is closed");
    }
    return base.mod(new BigInteger(p)).signum() != 0 && base.mod(new BigInteger(q)).signum() != 0;
  }

  /**
   * {@code base^(2^squarings) mod modulus}.
   *
   * @throws IllegalStateException if the trapdoor is closed, or the result failed its check
   */
  BigInteger solve(BigInteger base, long squarings, ModularPower power) {
    BigInteger r;
    BigInteger prime1;
    BigInteger prime2;
    BigInteger inverse2;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("trapdoor is closed");
      }
      prime1 = new BigInteger(p);
      prime2 = new BigInteger(q);
      inverse2 = new BigInteger(qInverse);
      r = new BigInteger(guard);
    }
    BigInteger half1 = guardedHalf(base, squarings, prime1, r, power);
    BigInteger half2 = guardedHalf(base, squarings, prime2, r, power);
    BigInteger expected = base.mod(r).modPow(twoToThe(squarings, r.subtract(BigInteger.ONE)), r);
    BigInteger y1 = half1.mod(prime1);
    BigInteger y2 = half2.mod(prime2);
    BigInteger y = y1.subtract(y2).multiply(inverse2).mod(prime1).multiply(prime2).add(y2);
    boolean sound =
        half1.mod(r).equals(expected)
            && half2.mod(r).equals(expected)
            && y.mod(prime1).equals(y1)
            && y.mod(prime2).equals(y2)
            && prime1.multiply(prime2).equals(modulus);
    if (!sound) {
      throw new IllegalStateException(
          "the trapdoor's power failed its check: faulty memory or a faulty kernel; nothing was published");
    }
    return y;
  }

  /** Overwrites the factors. Does nothing the second time. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(p, (byte) 0);
    Arrays.fill(q, (byte) 0);
    Arrays.fill(qInverse, (byte) 0);
    Arrays.fill(guard, (byte) 0);
  }

  @Override
  public String toString() {
    return "Trapdoor[%d bits]".formatted(modulus.bitLength());
  }

  private static BigInteger guardedHalf(
      BigInteger base, long squarings, BigInteger prime, BigInteger r, ModularPower power) {
    BigInteger guarded = prime.multiply(r);
    BigInteger order = prime.subtract(BigInteger.ONE).multiply(r.subtract(BigInteger.ONE));
    return power.power(base.mod(guarded), twoToThe(squarings, order), guarded);
  }

  /** 2^squarings mod order: at most 63 squarings, whatever the count. */
  private static BigInteger twoToThe(long squarings, BigInteger order) {
    return BigInteger.TWO.modPow(BigInteger.valueOf(squarings), order);
  }

  /** A random prime of {@code bits} bits, at least 1.5 * 2^(bits - 1): two make a full product. */
  private static BigInteger prime(int bits, SecureRandom random) {
    while (true) {
      BigInteger start = new BigInteger(bits, random).setBit(bits - 1).setBit(bits - 2);
      BigInteger prime = start.nextProbablePrime();
      if (prime.bitLength() == bits) {
        return prime;
      }
    }
  }

  /** Close factors are found by Fermat's method. */
  private static boolean tooClose(BigInteger p, BigInteger q) {
    int gap = Math.max(0, p.bitLength() - 100);
    return p.subtract(q).abs().compareTo(BigInteger.ONE.shiftLeft(gap)) <= 0;
  }
}
