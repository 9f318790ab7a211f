package org.tidelock.engine.solve;

import java.math.BigInteger;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;

/**
 * A block of squarings with Gerbicz' error check.
 *
 * <p>With u_i the state after i intervals of L squarings, and d_i = u_0 u_1 ... u_i, every u_{i+1}
 * = u_i^(2^L) makes d_{i+1} = u_0 d_i^(2^L). After the last interval m the right-hand side is
 * computed from d_{m-1} by L more squarings and compared with d_m = d_{m-1} u_m: an error in any of
 * the m L squarings, or in a product, makes the two differ but for a chance of about one in the
 * order of the wrong factor. (R. Gerbicz, 2016, as used for Proth and Mersenne tests; there the
 * modulus is the number tested, here it is N.)
 *
 * <p>What that alone would miss is checked beside it: a state or product that is 0, 1 or N - 1, or
 * that shares a factor with N, satisfies the equation for ever; damage to N or to tables derived
 * from it makes every side of it wrong alike; and an error in reading the state out would come
 * after it, so the value returned is tied to d_m by plain integer arithmetic.
 */
final class GerbiczBlock {

  /** The kernel's memory for one chain: the session, the state u, and the products d. */
  record Registers(
      KernelSession session, KernelState state, KernelState product, KernelState earlierProduct) {

    static Registers in(KernelSession session) {
      return new Registers(
          session,
          session.newState(BigInteger.ONE),
          session.newState(BigInteger.ONE),
          session.newState(BigInteger.ONE));
    }
  }

  /** Told of each interval done: how many squarings of the block lie behind. */
  interface Pulse {
    void beat(long squarings);
  }

  private final Registers registers;
  private final ModulusGuard guard;
  private final FaultInjector faults;

  GerbiczBlock(Registers registers, ModulusGuard guard, FaultInjector faults) {
    this.registers = registers;
    this.guard = guard;
    this.faults = faults;
  }

  /**
   * Computes and checks a block. After a stop request it ends at the next interval and checks what
   * was done so far, so that nothing verified is lost.
   *
   * @param position squarings before the block, for injected errors
   * @param start the verified residue at that position
   */
  BlockResult run(
      Block.Checked block, long position, BigInteger start, StopSignal stop, Pulse pulse) {
    registers.state().set(start);
    registers.product().set(start);
    long done = 0;
    while (done < block.squarings() && !stop.requested()) {
      faults.square(registers, registers.state(), position + done, block.interval());
      registers.earlierProduct().copyFrom(registers.product());
      registers.product().multiply(registers.state());
      done += block.interval();
      pulse.beat(done);
    }
    return done == 0 ? new BlockResult.Verified(0, start) : verify(start, block.interval(), done);
  }

  private BlockResult verify(BigInteger start, long interval, long done) {
    BigInteger state = registers.state().value();
    BigInteger product = registers.product().value();
    BigInteger earlier = registers.earlierProduct().value();
    if (!guard.plainProduct(earlier, state).equals(product)) {
      return new BlockResult.Failed("the check product is not what its factors give");
    }
    if (guard.degenerate(state) || guard.degenerate(product)) {
      return new BlockResult.Failed(
          "the state became a value that no chain reaches (0, 1, N - 1 or a multiple of a factor)");
    }
    KernelState expected = registers.earlierProduct();
    expected.square(interval);
    registers.state().set(start);
    expected.multiply(registers.state());
    if (!expected.value().equals(product)) {
      return new BlockResult.Failed("the check product does not match: a squaring went wrong");
    }
    if (!guard.intact(registers.session())) {
      return new BlockResult.Failed("the modulus or a table derived from it changed in memory");
    }
    return new BlockResult.Verified(done, state);
  }
}
