package org.tidelock.engine.kernel.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;

/**
 * One modulus and its states as {@code mpz_t}. What libgmp allocates for them is freed on close.
 *
 * <p>There are no derived tables: {@code mpz_powm} derives its own within each call.
 */
final class GmpSession implements KernelSession {

  /**
   * Squarings in one call of {@code mpz_powm}. It begins with a table of odd powers that these
   * exponents never use, 64 multiplications for exponents up to 2^4608: 1.4% of the call.
   */
  private static final int CHUNK = 4608;

  private final GmpLibrary gmp;
  private final BigInteger modulus;

  /** Shared, so that a session may pass from one thread to another. */
  private final Arena memory = Arena.ofShared();

  private final List<MemorySegment> numbers = new ArrayList<>();
  private final MemorySegment bytes;
  private final MemorySegment modulusInUse;
  private final MemorySegment exponent;
  private boolean closed;

  GmpSession(GmpLibrary gmp, BigInteger modulus) {
    this.gmp = gmp;
    this.modulus = modulus;
    this.bytes = memory.allocate(modulus.bitLength() / 8 + 1);
    this.modulusInUse = newNumber();
    this.exponent = newNumber();
    write(modulusInUse, modulus);
  }

  @Override
  public BigInteger modulus() {
    return modulus;
  }

  @Override
  public KernelState newState(BigInteger value) {
    requireOpen();
    Residues.requireResidue(value, modulus);
    State state = new State(newNumber());
    state.set(value);
    return state;
  }

  @Override
  public boolean tablesIntact() {
    requireOpen();
    return read(modulusInUse).equals(modulus);
  }

  @Override
  public void rebuildTables() {
    requireOpen();
    write(modulusInUse, modulus);
  }

  /**
   * Any bit but the lowest: without it a small modulus could become 0, a divisor libgmp dies of.
   */
  @Override
  public void unsafeFlipModulusBit(int bit) {
    requireOpen();
    gmp.flipBit(modulusInUse, 1 + Math.floorMod(bit, modulus.bitLength() - 1));
  }

  @Override
  public void unsafeFlipTableBit(int bit) {
    unsafeFlipModulusBit(bit);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    numbers.forEach(gmp::clear);
    memory.close();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  private MemorySegment newNumber() {
    MemorySegment number = memory.allocate(GmpLibrary.NUMBER);
    gmp.init(number, modulus.bitLength());
    numbers.add(number);
    return number;
  }

  private void write(MemorySegment number, BigInteger value) {
    byte[] bigEndian = value.toByteArray();
    MemorySegment.copy(bigEndian, 0, bytes, ValueLayout.JAVA_BYTE, 0, bigEndian.length);
    gmp.read(number, bytes.asSlice(0, bigEndian.length));
  }

  private BigInteger read(MemorySegment number) {
    int length = gmp.write(number, bytes);
    return new BigInteger(1, bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
  }

  /** A residue as {@code mpz_t}; below the modulus, but for bits flipped on purpose. */
  private final class State implements KernelState {

    private final MemorySegment number;

    State(MemorySegment number) {
      this.number = number;
    }

    @Override
    public void set(BigInteger value) {
      requireOpen();
      write(number, Residues.requireResidue(value, modulus));
    }

    @Override
    public void copyFrom(KernelState source) {
      gmp.assign(number, numberOf(source));
    }

    @Override
    public void square(long count) {
      requireOpen();
      long left = Residues.requireCount(count);
      while (left > 0) {
        long now = Math.min(left, CHUNK);
        gmp.assignPowerOfTwo(exponent, now);
        gmp.powerMod(number, number, exponent, modulusInUse);
        left -= now;
      }
    }

    @Override
    public void multiply(KernelState factor) {
      gmp.multiplyMod(number, number, numberOf(factor), modulusInUse);
    }

    @Override
    public BigInteger value() {
      requireOpen();
      return read(number).mod(modulus);
    }

    @Override
    public void unsafeFlipBit(int bit) {
      requireOpen();
      gmp.flipBit(number, Math.floorMod(bit, modulus.bitLength()));
    }

    private MemorySegment numberOf(KernelState other) {
      requireOpen();
      if (other instanceof State state && state.session() == session()) {
        return state.number;
      }
      throw new IllegalArgumentException("the state belongs to another session");
    }

    private GmpSession session() {
      return GmpSession.this;
    }
  }
}
