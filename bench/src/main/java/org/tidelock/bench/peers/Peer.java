package org.tidelock.bench.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;

/**
 * A squaring chain in another library. Belongs to one thread at a time; closing frees its memory.
 */
public final class Peer implements AutoCloseable {

  /** How the chain is squared. */
  public enum Method {
    GMP_POWM(0, "GMP mpz_powm, exponent 2^1000", 1000),
    GMP_REDC_1(1, "GMP mpn_sqr + redc_1", 1),
    GMP_REDC_2(2, "GMP mpn_sqr + redc_2", 1),
    GMP_REDC_N(3, "GMP mpn_sqr + redc_n", 1),
    OPENSSL_MONTGOMERY(4, "OpenSSL BN_mod_mul_montgomery", 1);

    private final int code;
    private final String title;
    private final int step;

    Method(int code, String title, int step) {
      this.code = code;
      this.title = title;
      this.step = step;
    }

    /** Its value in {@code enum peers_method}. */
    int code() {
      return code;
    }

    /** What readers know it as. */
    public String title() {
      return title;
    }

    /** Counts of squarings are multiples of this. */
    public int step() {
      return step;
    }
  }

  private final PeerLibrary library;
  private final Method method;
  private final MemorySegment chain;
  private final int limbs;

  Peer(PeerLibrary library, Method method, MemorySegment chain, int limbs) {
    this.library = library;
    this.method = method;
    this.chain = chain;
    this.limbs = limbs;
  }

  /** How it squares. */
  public Method method() {
    return method;
  }

  /** Replaces the residue by {@code value}, at least 0 and below the modulus. */
  public void set(BigInteger value) {
    try (Arena arena = Arena.ofConfined()) {
      library.set(chain, Limbs.of(value, limbs, arena));
    }
  }

  /** Squares the residue {@code count} times, a multiple of the method's step. */
  public void square(long count) {
    if (count < 0 || count % method.step() != 0) {
      throw new IllegalArgumentException(
          "%d squarings; a multiple of %d required".formatted(count, method.step()));
    }
    library.square(chain, count);
  }

  /** The residue, below the modulus. */
  public BigInteger value() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = Limbs.empty(limbs, arena);
      library.get(chain, number);
      return Limbs.toBigInteger(number);
    }
  }

  @Override
  public void close() {
    library.close(chain);
  }
}
