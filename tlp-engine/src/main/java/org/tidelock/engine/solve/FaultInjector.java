package org.tidelock.engine.solve;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.kernel.KernelState;

/** Applies injected errors as a chain passes their positions. Each happens its number of times. */
final class FaultInjector {

  private final List<InjectedError> pending = new ArrayList<>();

  FaultInjector(List<InjectedError> errors) {
    for (InjectedError error : errors) {
      for (int i = 0; i < error.times(); i++) {
        pending.add(error);
      }
    }
  }

  /**
   * Squares {@code state}, which stands at position {@code from}, damaging it on the way if due.
   */
  void square(GerbiczBlock.Registers registers, KernelState state, long from, long count) {
    InjectedError due = take(from, count);
    if (due == null) {
      state.square(count);
      return;
    }
    long before = due.position() - from;
    state.square(before);
    damage(registers, state, due.kind());
    state.square(count - before);
  }

  /** Removes and returns the first error due in these squarings. */
  private @Nullable InjectedError take(long from, long count) {
    InjectedError first = null;
    for (InjectedError error : pending) {
      boolean due = error.position() > from || (error.position() == 0 && from == 0);
      if (due
          && error.position() - from <= count
          && (first == null || error.position() < first.position())) {
        first = error;
      }
    }
    if (first != null) {
      pending.remove(first);
    }
    return first;
  }

  private static void damage(
      GerbiczBlock.Registers registers, KernelState state, InjectedError.Kind kind) {
    switch (kind) {
      case STATE -> state.unsafeFlipBit(97);
      case ZERO -> state.set(BigInteger.ZERO);
      case CHECK -> registers.product().unsafeFlipBit(97);
      case MODULUS -> registers.session().unsafeFlipModulusBit(97);
      case TABLE -> registers.session().unsafeFlipTableBit(97);
    }
  }
}
