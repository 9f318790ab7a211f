package org.tidelock.engine.kernel.jvm;

import java.math.BigInteger;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;

/** One modulus for {@link VectorChain}, and its states as arrays of digits. */
final class VectorSession implements KernelSession {

  private static final int STORED_BITS = VectorTables.RADIX_BITS * VectorTables.DIGITS;

  private final BigInteger modulus;
  private final VectorTables tables;
  private final VectorChain chain;
  private boolean closed;

  VectorSession(BigInteger modulus) {
    this.modulus = modulus;
    this.tables = new VectorTables(modulus);
    this.chain = new VectorChain(tables);
  }

  @Override
  public BigInteger modulus() {
    return modulus;
  }

  @Override
  public KernelState newState(BigInteger value) {
    State state = new State();
    state.set(value);
    return state;
  }

  @Override
  public boolean tablesIntact() {
    requireOpen();
    return tables.isIntact();
  }

  @Override
  public void rebuildTables() {
    requireOpen();
    tables.rebuild();
  }

  @Override
  public void unsafeFlipModulusBit(int bit) {
    requireOpen();
    VectorTables.flipBit(tables.modulus(), Math.floorMod(bit, modulus.bitLength()));
  }

  @Override
  public void unsafeFlipTableBit(int bit) {
    requireOpen();
    int position = Math.floorMod(bit, 2 * STORED_BITS);
    if (position < STORED_BITS) {
      VectorTables.flipBit(tables.oneGroup(), position);
    } else {
      VectorTables.flipBit(tables.twoGroups(), position - STORED_BITS);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  /**
   * A residue times R, in magnitude below 1.2 times the modulus but for bits flipped on purpose.
   */
  private final class State implements KernelState {

    private final double[] digits = new double[VectorTables.DIGITS];

    @Override
    public void set(BigInteger value) {
      requireOpen();
      if (value.signum() < 0 || value.compareTo(modulus) >= 0) {
        throw new IllegalArgumentException("value must be at least 0 and below the modulus");
      }
      tables.enter(value, digits);
    }

    @Override
    public void copyFrom(KernelState source) {
      double[] from = digitsOf(source);
      System.arraycopy(from, 0, digits, 0, digits.length);
    }

    @Override
    public void square(long count) {
      requireOpen();
      if (count < 0) {
        throw new IllegalArgumentException("%d squarings; at least 0 required".formatted(count));
      }
      chain.square(digits, count);
    }

    @Override
    public void multiply(KernelState factor) {
      chain.multiply(digits, digitsOf(factor));
    }

    @Override
    public BigInteger value() {
      requireOpen();
      return tables.leave(digits);
    }

    @Override
    public void unsafeFlipBit(int bit) {
      requireOpen();
      VectorTables.flipBit(digits, Math.floorMod(bit, STORED_BITS));
    }

    private double[] digitsOf(KernelState other) {
      requireOpen();
      if (other instanceof State state && state.session() == session()) {
        return state.digits;
      }
      throw new IllegalArgumentException("the state belongs to another session");
    }

    private VectorSession session() {
      return VectorSession.this;
    }
  }
}
