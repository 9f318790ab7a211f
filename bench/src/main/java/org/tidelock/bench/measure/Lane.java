package org.tidelock.bench.measure;

import java.util.function.LongConsumer;

/**
 * Work that is measured beside other work.
 *
 * @param step counts are multiples of this, at least 1
 * @param work does so many operations
 */
public record Lane(long step, LongConsumer work) {

  public Lane {
    if (step < 1) {
      throw new IllegalArgumentException("step is %d; at least 1 required".formatted(step));
    }
  }
}
