package org.tidelock.engine.kernel.ffm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;

/**
 * One modulus N and its states in native memory, in Montgomery form: a state holds some
 * representative below bound · N of x R modulo N, as digits of 52 bits.
 */
final class IfmaSession implements KernelSession {

  private static final long CACHE_LINE = 64;

  private final BigInteger modulus;
  private final IfmaSize size;
  private final IfmaFunctions functions;

  /** Shared, so that a session may pass from one thread to another. */
  private final Arena memory = Arena.ofShared();

  private final MemorySegment tables;
  private BigInteger montgomeryInverse;
  private long slowSquarings;
  private boolean closed;

  IfmaSession(BigInteger modulus) {
    this.modulus = modulus;
    this.size = IfmaSize.forModulus(modulus.bitLength()).orElseThrow();
    this.functions = IfmaFunctions.of(size);
    this.tables = allocate(IfmaTables.words(size));
    write(tables, IfmaTables.derive(modulus, size));
    this.montgomeryInverse = inverseOfR();
  }

  @Override
  public BigInteger modulus() {
    return modulus;
  }

  @Override
  public KernelState newState(BigInteger value) {
    requireOpen();
    Residues.requireResidue(value, modulus);
    State state = new State(allocate(size.words()));
    state.set(value);
    return state;
  }

  @Override
  public boolean tablesIntact() {
    requireOpen();
    return Arrays.equals(tables.toArray(JAVA_LONG), IfmaTables.derive(modulus, size))
        && montgomeryInverse.equals(inverseOfR());
  }

  @Override
  public void rebuildTables() {
    requireOpen();
    write(tables, IfmaTables.derive(modulus, size));
    montgomeryInverse = inverseOfR();
  }

  @Override
  public void unsafeFlipModulusBit(int bit) {
    requireOpen();
    int index = Math.floorMod(bit, modulus.bitLength());
    flipDigitBit(tables, IfmaTables.modulusOffset(size), index);
  }

  /** A bit of the table M. */
  @Override
  public void unsafeFlipTableBit(int bit) {
    requireOpen();
    int index = Math.floorMod(bit, size.montgomeryBits());
    flipDigitBit(tables, IfmaTables.modulusOffset(size) - size.words(), index);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      memory.close();
    }
  }

  /** How many squarings of this session took the slow, exact path: in practice none. */
  long slowSquarings() {
    return slowSquarings;
  }

  IfmaSize size() {
    return size;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  private BigInteger inverseOfR() {
    return BigInteger.ONE.shiftLeft(size.montgomeryBits()).modInverse(modulus);
  }

  private MemorySegment allocate(long words) {
    return memory.allocate(words * Long.BYTES, CACHE_LINE);
  }

  private static void write(MemorySegment target, long[] source) {
    MemorySegment.copy(source, 0, target, JAVA_LONG, 0, source.length);
  }

  private void flipDigitBit(MemorySegment target, int offset, int bit) {
    int index = offset + size.wordOf(bit / IfmaSize.DIGIT_BITS);
    long flipped = target.getAtIndex(JAVA_LONG, index) ^ 1L << bit % IfmaSize.DIGIT_BITS;
    target.setAtIndex(JAVA_LONG, index, flipped);
  }

  /** A residue as digits. */
  final class State implements KernelState {

    private final MemorySegment x;

    private State(MemorySegment x) {
      this.x = x;
    }

    @Override
    public void set(BigInteger value) {
      requireOpen();
      Residues.requireResidue(value, modulus);
      unsafeSetRepresentative(value.shiftLeft(size.montgomeryBits()).mod(modulus));
    }

    @Override
    public void copyFrom(KernelState source) {
      x.copyFrom(ours(source));
    }

    @Override
    public void square(long count) {
      requireOpen();
      Residues.requireCount(count);
      slowSquarings += functions.square(x, tables, count);
    }

    @Override
    public void multiply(KernelState factor) {
      MemorySegment y = ours(factor);
      functions.multiply(x, x, y, tables);
    }

    @Override
    public BigInteger value() {
      requireOpen();
      BigInteger representative = IfmaTables.fromWords(x.toArray(JAVA_LONG), size);
      return representative.multiply(montgomeryInverse).mod(modulus);
    }

    @Override
    public void unsafeFlipBit(int bit) {
      requireOpen();
      flipDigitBit(x, 0, Math.floorMod(bit, size.montgomeryBits()));
    }

    /**
     * Stores a representative as it stands, so that a test can force the slow path.
     *
     * @param representative below bound · N
     */
    void unsafeSetRepresentative(BigInteger representative) {
      write(x, IfmaTables.toWords(representative, size));
    }

    private MemorySegment ours(KernelState other) {
      requireOpen();
      if (other instanceof State state && state.session() == session()) {
        return state.x;
      }
      throw new IllegalArgumentException("the state belongs to another session");
    }

    private IfmaSession session() {
      return IfmaSession.this;
    }
  }
}
