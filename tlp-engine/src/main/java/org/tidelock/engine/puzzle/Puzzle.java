package org.tidelock.engine.puzzle;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A time-lock puzzle: a payload encrypted under a key that takes {@code squarings} modular
 * squarings, one after another, to compute. The construction is that of Rivest, Shamir and Wagner,
 * "Time-lock puzzles and timed-release Crypto" (1996), with the header bound to the ciphertext and
 * a commitment to the key; {@code docs/lock-file-format.md} gives every byte.
 *
 * <p>A puzzle that exists is well formed: all sizes are in range. Whether its modulus can be
 * trusted is asked with {@link #requireSound}, which {@link #decode} does. Immutable; safe for use
 * by many threads.
 *
 * @param modulus N, odd, of 4 to 4096 bits
 * @param squarings T, at least 1
 * @param base x, from 2 to N - 2
 * @param purpose what the payload is for: 1 to 64 characters of a-z, 0-9, '-', '.' and '/'
 * @param context bytes the payload is bound to, at most 4096; their meaning is the purpose's
 * @param ciphertext C: the key commitment (32 bytes), the encrypted payload (0 to 65536) and the
 *     authentication tag (16)
 */
public record Puzzle(
    BigInteger modulus,
    long squarings,
    BigInteger base,
    String purpose,
    Bytes context,
    Bytes ciphertext) {

  /** The fewest bits of a modulus that is accepted without the explicit flag. */
  public static final int MIN_SECURE_BITS = 2048;

  /** The most bits of a modulus. */
  public static final int MAX_BITS = 4096;

  /** The most bytes of a payload. */
  public static final int MAX_PAYLOAD_BYTES = 65_536;

  static final int MAX_CONTEXT_BYTES = 4096;

  private static final String LABEL = "tidelock/v1/puzzle";
  private static final int MIN_BITS = 4;
  private static final int MAX_PURPOSE_BYTES = 64;
  private static final Pattern PURPOSE = Pattern.compile("[a-z0-9./-]{1,64}");

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Puzzle {
    try {
      requireStructure(modulus, squarings, base, purpose, context, ciphertext);
    } catch (PuzzleFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Reads a puzzle from the bytes {@link #encoded} wrote: header, then ciphertext to the end.
   *
   * @throws PuzzleFormatException if the bytes are not exactly one puzzle, or its modulus or base
   *     are not to be trusted under {@code policy}
   */
  public static Puzzle decode(Bytes encoded, ModulusPolicy policy) throws PuzzleFormatException {
    CanonicalReader reader = new CanonicalReader(encoded.toArray(), LABEL);
    Header header = Header.read(reader);
    return checked(header, reader.rest(), policy);
  }

  /**
   * Reads a puzzle whose header and ciphertext were kept apart.
   *
   * @throws PuzzleFormatException as {@link #decode(Bytes, ModulusPolicy)}, and if the header has
   *     trailing bytes
   */
  public static Puzzle decode(Bytes header, Bytes ciphertext, ModulusPolicy policy)
      throws PuzzleFormatException {
    CanonicalReader reader = new CanonicalReader(header.toArray(), LABEL);
    Header fields = Header.read(reader);
    reader.end();
    return checked(fields, ciphertext, policy);
  }

  /** The length of the modulus in bits. */
  public int bits() {
    return modulus.bitLength();
  }

  /** The length of the payload in bytes. */
  public int payloadBytes() {
    return ciphertext.length() - PuzzleSeal.OVERHEAD_BYTES;
  }

  /** The canonical encoding of everything but the ciphertext; what the ciphertext is bound to. */
  public Bytes header() {
    return header(modulus, squarings, base, purpose, context);
  }

  /** Header and ciphertext, one after the other. */
  public Bytes encoded() {
    byte[] header = header().toArray();
    byte[] encoded = java.util.Arrays.copyOf(header, header.length + ciphertext.length());
    System.arraycopy(ciphertext.toArray(), 0, encoded, header.length, ciphertext.length());
    return Bytes.of(encoded);
  }

  /** SHA-256 of {@link #encoded}. */
  public Bytes id() {
    return Bytes.of(Sha256.of(header(), ciphertext));
  }

  /** What a solver has to do. */
  public SquaringWork work() {
    return new SquaringWork(modulus, base, squarings, id());
  }

  /**
   * Opens the puzzle with {@code base^(2^squarings) mod modulus} or its negative. An outcome, never
   * an exception, tells whether that was the solution.
   */
  public OpenOutcome open(BigInteger solution) {
    return PuzzleSeal.open(this, solution);
  }

  /**
   * Checks that nobody who looks at the puzzle has a shortcut: see {@link ModulusWeakness}; and
   * that base and modulus have no common factor.
   *
   * @throws PuzzleFormatException with the first rule broken
   */
  public void requireSound(ModulusPolicy policy) throws PuzzleFormatException {
    ModulusAudit.requireSound(modulus, MIN_SECURE_BITS, policy);
    if (!base.gcd(modulus).equals(BigInteger.ONE)) {
      throw new PuzzleFormatException(
          "base shares a factor with the modulus; none allowed, for it opens the puzzle at once");
    }
  }

  @Override
  public String toString() {
    return "Puzzle[%d bits, %d squarings, %s, id %s]".formatted(bits(), squarings, purpose, id());
  }

  static Bytes header(
      BigInteger modulus, long squarings, BigInteger base, String purpose, Bytes context) {
    int length = Header.numberBytes(modulus.bitLength());
    return new Canonical(LABEL)
        .integer(modulus.bitLength())
        .number(modulus, length)
        .integer(squarings)
        .number(base, length)
        .text(purpose)
        .bytes(context)
        .encoded();
  }

  private static Puzzle checked(Header header, Bytes ciphertext, ModulusPolicy policy)
      throws PuzzleFormatException {
    requireStructure(
        header.modulus, header.squarings, header.base, header.purpose, header.context, ciphertext);
    Puzzle puzzle =
        new Puzzle(
            header.modulus,
            header.squarings,
            header.base,
            header.purpose,
            header.context,
            ciphertext);
    puzzle.requireSound(policy);
    return puzzle;
  }

  private static void requireStructure(
      BigInteger modulus,
      long squarings,
      BigInteger base,
      String purpose,
      Bytes context,
      Bytes ciphertext)
      throws PuzzleFormatException {
    int bits = modulus.bitLength();
    if (modulus.signum() <= 0 || bits < MIN_BITS || bits > MAX_BITS) {
      throw new PuzzleFormatException(
          "modulus has %d bits; %d to %d allowed".formatted(bits, MIN_BITS, MAX_BITS));
    }
    if (!modulus.testBit(0)) {
      throw new PuzzleFormatException("modulus is even; a product of two odd primes required");
    }
    if (squarings < 1) {
      throw new PuzzleFormatException("%d squarings; at least 1 required".formatted(squarings));
    }
    BigInteger last = modulus.subtract(BigInteger.ONE);
    if (base.signum() < 0 || base.compareTo(modulus) >= 0) {
      throw new PuzzleFormatException("base is not below the modulus");
    }
    if (base.signum() == 0 || base.equals(BigInteger.ONE) || base.equals(last)) {
      throw new PuzzleFormatException(
          "base is %s; 2 to N - 2 required, for the squares of 0, 1 and N - 1 are known"
              .formatted(base.equals(last) ? "N - 1" : base));
    }
    if (!PURPOSE.matcher(purpose).matches()) {
      throw new PuzzleFormatException(
          "purpose must be 1 to 64 characters of a-z, 0-9, '-', '.', '/'");
    }
    requireLength("context", context.length(), 0, MAX_CONTEXT_BYTES);
    requireLength(
        "ciphertext",
        ciphertext.length(),
        PuzzleSeal.OVERHEAD_BYTES,
        PuzzleSeal.OVERHEAD_BYTES + MAX_PAYLOAD_BYTES);
  }

  private static void requireLength(String name, int length, int min, int max)
      throws PuzzleFormatException {
    if (length < min || length > max) {
      throw new PuzzleFormatException(
          "%s has %d bytes; %d to %d allowed".formatted(name, length, min, max));
    }
  }

  /** The fields of a header as read, not yet checked against one another. */
  private record Header(
      BigInteger modulus, long squarings, BigInteger base, String purpose, Bytes context) {

    static Header read(CanonicalReader reader) throws PuzzleFormatException {
      long bits = reader.integer("bits");
      if (bits < MIN_BITS || bits > MAX_BITS) {
        throw new PuzzleFormatException(
            "modulus has %d bits; %d to %d allowed".formatted(bits, MIN_BITS, MAX_BITS));
      }
      int length = numberBytes((int) bits);
      BigInteger modulus = reader.number("modulus", length);
      if (modulus.bitLength() != bits) {
        throw new PuzzleFormatException(
            "modulus has %d bits where the header says %d".formatted(modulus.bitLength(), bits));
      }
      return new Header(
          modulus,
          reader.integer("squarings"),
          reader.number("base", length),
          reader.text("purpose", MAX_PURPOSE_BYTES),
          reader.bytes("context", 0, MAX_CONTEXT_BYTES));
    }

    static int numberBytes(int bits) {
      return (bits + 7) / 8;
    }
  }
}
