package org.tidelock.engine.solve;

import java.math.BigInteger;

/**
 * A block computed twice: by the kernel, and by {@link BigInteger#modPow} in plain Java. Doubles
 * the work, so it serves the last few squarings of a chain, and moduli too small for Gerbicz'
 * check.
 */
final class TwiceBlock {

  private final GerbiczBlock.Registers registers;
  private final ModulusGuard guard;
  private final FaultInjector faults;

  TwiceBlock(GerbiczBlock.Registers registers, ModulusGuard guard, FaultInjector faults) {
    this.registers = registers;
    this.guard = guard;
    this.faults = faults;
  }

  BlockResult run(Block.Twice block, long position, BigInteger start) {
    registers.state().set(start);
    faults.square(registers, registers.state(), position, block.squarings());
    BigInteger once = registers.state().value();
    BigInteger again = guard.plainSquarings(start, block.squarings());
    if (!guard.intact(registers.session())) {
      return new BlockResult.Failed("the modulus or a table derived from it changed in memory");
    }
    return once.equals(again)
        ? new BlockResult.Verified(block.squarings(), once)
        : new BlockResult.Failed("two computations of the same squarings differ");
  }
}
