package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Makes puzzles by the trapdoor, in a few milliseconds for any number of squarings, and forgets it.
 *
 * <p>Moduli come from a {@link ModulusPool} and are shared as {@link ModulusSharing} says. Safe for
 * use by many threads. {@link #close} wipes the trapdoor in use; the pool stays its owner's to
 * close.
 */
public final class PuzzleMaker implements AutoCloseable {

  private final TrapdoorSource trapdoors;
  private final ModularPower power;
  private final SecureRandom random;

  /**
   * Creates a maker.
   *
   * @param clock tells a modulus' age; asked only where moduli are shared
   * @param power computes modulo the factors; {@code BigInteger::modPow} will do
   */
  public PuzzleMaker(
      ModulusPool pool,
      ModulusSharing sharing,
      InstantSource clock,
      ModularPower power,
      SecureRandom random) {
    this.trapdoors = TrapdoorSource.of(pool, sharing, clock);
    this.power = power;
    this.random = random;
  }

  /** A maker that gives each puzzle a modulus of its own, made ahead by {@code pool}. */
  public static PuzzleMaker onePuzzleEach(ModulusPool pool) {
    return new PuzzleMaker(
        pool,
        new ModulusSharing.OnePuzzleEach(),
        InstantSource.system(),
        BigInteger::modPow,
        new SecureRandom());
  }

  /**
   * Makes a puzzle that hides {@code payload}.
   *
   * @param squarings T, at least 1
   * @param purpose what the payload is for; see {@link Puzzle#purpose}
   * @param context what the payload is bound to; see {@link Puzzle#context}
   * @param payload the secret, at most {@link Puzzle#MAX_PAYLOAD_BYTES}; left as it is, the
   *     caller's to wipe
   * @throws IllegalArgumentException if an argument is out of its range
   * @throws IllegalStateException if the pool is closed, or the result failed its check (faulty
   *     memory or kernel)
   */
  public Puzzle make(long squarings, String purpose, Bytes context, byte[] payload) {
    return trapdoors.with(
        trapdoor ->
            seal(trapdoor, randomBase(trapdoor), squarings, purpose, context, payload, power));
  }

  /** Wipes a shared modulus whose time is over. For a timer, so that an idle one goes too. */
  public void retireIfDue() {
    trapdoors.retireIfDue();
  }

  @Override
  public void close() {
    trapdoors.close();
  }

  /** The deterministic part: the same arguments give the same puzzle. */
  static Puzzle seal(
      Trapdoor trapdoor,
      BigInteger base,
      long squarings,
      String purpose,
      Bytes context,
      byte[] payload,
      ModularPower power) {
    if (squarings < 1) {
      throw new IllegalArgumentException("%d squarings; at least 1 required".formatted(squarings));
    }
    Bytes header = Puzzle.header(trapdoor.modulus(), squarings, base, purpose, context);
    BigInteger y = trapdoor.solve(base, squarings, power);
    Bytes ciphertext = PuzzleSeal.seal(trapdoor.modulus(), header, y, payload);
    return new Puzzle(trapdoor.modulus(), squarings, base, purpose, context, ciphertext);
  }

  /** A base from 2 to N - 2 without a factor in common with N. */
  private BigInteger randomBase(Trapdoor trapdoor) {
    BigInteger modulus = trapdoor.modulus();
    BigInteger last = modulus.subtract(BigInteger.ONE);
    while (true) {
      BigInteger base = new BigInteger(modulus.bitLength(), random);
      if (base.compareTo(BigInteger.ONE) > 0 && base.compareTo(last) < 0 && trapdoor.isUnit(base)) {
        return base;
      }
    }
  }
}
