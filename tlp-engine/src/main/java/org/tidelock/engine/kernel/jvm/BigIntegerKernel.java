package org.tidelock.engine.kernel.jvm;

import java.math.BigInteger;
import java.time.Duration;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.SquaringKernel;

/**
 * The oracle: {@link BigInteger#modPow} with exponents 2^k, which HotSpot turns into Montgomery
 * squarings. Runs everywhere, for every odd modulus; every other kernel is compared with it.
 */
public final class BigIntegerKernel implements SquaringKernel {

  @Override
  public String name() {
    return "biginteger";
  }

  @Override
  public KernelSupport support(int modulusBits) {
    return new KernelSupport.Supported();
  }

  @Override
  public Duration warmUp() {
    return Duration.ofMillis(200);
  }

  @Override
  public KernelSession open(BigInteger modulus) {
    if (modulus.compareTo(BigInteger.ONE) <= 0 || !modulus.testBit(0)) {
      throw new IllegalArgumentException("modulus must be odd and greater than 1");
    }
    return new Session(modulus);
  }

  private static final class Session implements KernelSession {

    private final BigInteger modulus;
    private BigInteger modulusInUse;
    private boolean closed;

    Session(BigInteger modulus) {
      this.modulus = modulus;
      this.modulusInUse = modulus;
    }

    @Override
    public BigInteger modulus() {
      return modulus;
    }

    @Override
    public KernelState newState(BigInteger value) {
      return new State(this, value);
    }

    @Override
    public boolean tablesIntact() {
      requireOpen();
      return modulusInUse.equals(modulus);
    }

    @Override
    public void rebuildTables() {
      requireOpen();
      modulusInUse = modulus;
    }

    @Override
    public void unsafeFlipModulusBit(int bit) {
      requireOpen();
      modulusInUse = modulusInUse.flipBit(Math.floorMod(bit, modulus.bitLength() - 1) + 1);
    }

    @Override
    public void unsafeFlipTableBit(int bit) {
      unsafeFlipModulusBit(bit);
    }

    @Override
    public void close() {
      closed = true;
    }

    void requireOpen() {
      if (closed) {
        throw new IllegalStateException("the session is closed");
      }
    }
  }

  private static final class State implements KernelState {

    /** Squarings in one power: enough that modPow's table of odd powers costs under 1%. */
    private static final int CHUNK = 8192;

    private static final BigInteger CHUNK_EXPONENT = BigInteger.ONE.shiftLeft(CHUNK);

    private final Session session;
    private BigInteger value;

    State(Session session, BigInteger value) {
      this.session = session;
      this.value = checked(value);
    }

    @Override
    public void set(BigInteger value) {
      this.value = checked(value);
    }

    @Override
    public void copyFrom(KernelState source) {
      value = ours(source).value;
    }

    @Override
    public void square(long count) {
      session.requireOpen();
      if (count < 0) {
        throw new IllegalArgumentException("%d squarings; at least 0 required".formatted(count));
      }
      long left = count;
      for (; left >= CHUNK; left -= CHUNK) {
        value = value.modPow(CHUNK_EXPONENT, session.modulusInUse);
      }
      if (left > 0) {
        value = value.modPow(BigInteger.ONE.shiftLeft((int) left), session.modulusInUse);
      }
    }

    @Override
    public void multiply(KernelState factor) {
      value = value.multiply(ours(factor).value).mod(session.modulusInUse);
    }

    @Override
    public BigInteger value() {
      session.requireOpen();
      return value.mod(session.modulusInUse);
    }

    @Override
    public void unsafeFlipBit(int bit) {
      session.requireOpen();
      value = value.flipBit(Math.floorMod(bit, session.modulus.bitLength()));
    }

    private BigInteger checked(BigInteger residue) {
      session.requireOpen();
      if (residue.signum() < 0 || residue.compareTo(session.modulus) >= 0) {
        throw new IllegalArgumentException("value must be at least 0 and below the modulus");
      }
      return residue;
    }

    private State ours(KernelState other) {
      session.requireOpen();
      if (other instanceof State state && state.session == session) {
        return state;
      }
      throw new IllegalArgumentException("the state belongs to another session");
    }
  }
}
