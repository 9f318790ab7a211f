package org.tidelock.engine.solve;

/** How the next stretch of the chain is computed and checked. */
sealed interface Block {

  /** How many squarings the block holds. */
  long squarings();

  /**
   * Checked by a product taken every {@code interval} squarings, {@code products} times. The check
   * costs one more interval and two multiplications for each product.
   */
  record Checked(long interval, long products) implements Block {
    @Override
    public long squarings() {
      return interval * products;
    }
  }

  /** Computed twice, by the kernel and by plain multiplications: short ends and small moduli. */
  record Twice(long squarings) implements Block {}
}
