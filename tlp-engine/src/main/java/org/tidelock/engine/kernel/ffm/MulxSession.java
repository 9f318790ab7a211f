package org.tidelock.engine.kernel.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.math.BigInteger;
import java.util.Arrays;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;

/**
 * One modulus N and its states in native memory, in Montgomery form: a state holds some
 * representative below R of x R modulo N.
 */
final class MulxSession implements KernelSession {

  private static final long CACHE_LINE = 64;

  private final BigInteger modulus;
  private final int limbs;

  /** Shared, so that a session may pass from one thread to another. */
  private final Arena memory = Arena.ofShared();

  private final MemorySegment tables;
  private final MemorySegment scratch;
  private BigInteger montgomeryInverse;
  private boolean closed;

  MulxSession(BigInteger modulus) {
    this.modulus = modulus;
    this.limbs = MulxTables.limbs(modulus);
    long[] derived = MulxTables.derive(modulus);
    this.tables = allocate(derived.length);
    this.scratch = allocate(2L * limbs + 1);
    write(tables, derived);
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
    State state = new State(allocate(limbs));
    state.set(value);
    return state;
  }

  @Override
  public boolean tablesIntact() {
    requireOpen();
    return Arrays.equals(read(tables), MulxTables.derive(modulus))
        && montgomeryInverse.equals(inverseOfR());
  }

  @Override
  public void rebuildTables() {
    requireOpen();
    write(tables, MulxTables.derive(modulus));
    montgomeryInverse = inverseOfR();
  }

  @Override
  public void unsafeFlipModulusBit(int bit) {
    requireOpen();
    flip(tables, MulxTables.modulusOffset(), Math.floorMod(bit, modulus.bitLength()));
  }

  /** A bit of M or of -1/N mod 2^64. */
  @Override
  public void unsafeFlipTableBit(int bit) {
    requireOpen();
    int index = Math.floorMod(bit, Long.SIZE * (limbs + 1));
    if (index < Long.SIZE) {
      flip(tables, 0, index);
    } else {
      flip(tables, MulxTables.foldOffset(limbs), index - Long.SIZE);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      memory.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  private BigInteger inverseOfR() {
    return BigInteger.ONE.shiftLeft(Long.SIZE * limbs).modInverse(modulus);
  }

  private MemorySegment allocate(long size) {
    return memory.allocate(size * Long.BYTES, CACHE_LINE);
  }

  private static void write(MemorySegment target, long[] source) {
    MemorySegment.copy(source, 0, target, JAVA_LONG, 0, source.length);
  }

  private static long[] read(MemorySegment source) {
    return source.toArray(JAVA_LONG);
  }

  private static void flip(MemorySegment target, int offset, int bit) {
    int index = offset + bit / Long.SIZE;
    target.setAtIndex(
        JAVA_LONG, index, target.getAtIndex(JAVA_LONG, index) ^ 1L << bit % Long.SIZE);
  }

  /** A residue as {@code limbs} limbs. */
  private final class State implements KernelState {

    private final MemorySegment x;

    State(MemorySegment x) {
      this.x = x;
    }

    @Override
    public void set(BigInteger value) {
      requireOpen();
      Residues.requireResidue(value, modulus);
      BigInteger scaled = value.shiftLeft(Long.SIZE * limbs).mod(modulus);
      write(x, MulxTables.toLimbs(scaled, limbs));
    }

    @Override
    public void copyFrom(KernelState source) {
      x.copyFrom(ours(source));
    }

    @Override
    public void square(long count) {
      requireOpen();
      Residues.requireCount(count);
      try {
        Functions.SQUARE.invokeExact(x, tables, scratch, (long) limbs, count);
      } catch (Throwable e) {
        throw NativeCall.failed(e);
      }
    }

    @Override
    public void multiply(KernelState factor) {
      MemorySegment y = ours(factor);
      try {
        Functions.MULTIPLY.invokeExact(x, y, tables, scratch, (long) limbs);
      } catch (Throwable e) {
        throw NativeCall.failed(e);
      }
    }

    @Override
    public BigInteger value() {
      requireOpen();
      return MulxTables.fromLimbs(read(x)).multiply(montgomeryInverse).mod(modulus);
    }

    @Override
    public void unsafeFlipBit(int bit) {
      requireOpen();
      flip(x, 0, Math.floorMod(bit, Long.SIZE * limbs));
    }

    private MemorySegment ours(KernelState other) {
      requireOpen();
      if (other instanceof State state && state.session() == session()) {
        return state.x;
      }
      throw new IllegalArgumentException("the state belongs to another session");
    }

    private MulxSession session() {
      return MulxSession.this;
    }
  }

  /** Linked when the first session opens, which happens only where the library is loaded. */
  private static final class Functions {

    static final MethodHandle SQUARE =
        library().procedure("tlk_mulx_square", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG);

    static final MethodHandle MULTIPLY =
        library().procedure("tlk_mulx_multiply", ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);

    private static NativeLibrary library() {
      return switch (NativeLibrary.outcome()) {
        case NativeOutcome.Loaded(NativeLibrary library) -> library;
        case NativeOutcome.Absent absent -> throw new IllegalStateException(absent.reason());
      };
    }
  }
}
