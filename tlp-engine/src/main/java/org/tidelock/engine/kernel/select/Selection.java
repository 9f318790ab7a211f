package org.tidelock.engine.kernel.select;

import java.util.List;
import org.tidelock.engine.kernel.SquaringKernel;

/**
 * The kernels to use for one modulus length.
 *
 * @param modulusBits the length they were chosen for
 * @param order the chosen kernel first, then the ones to fall back on; never empty
 * @param candidates all kernels considered, empty where the choice was made by name
 * @param reason why the first one is first, such as {@code fastest here, 6.71 times gmp}
 */
public record Selection(
    int modulusBits, List<SquaringKernel> order, List<Candidate> candidates, String reason) {

  public Selection {
    if (order.isEmpty()) {
      throw new IllegalArgumentException("a selection names at least one kernel");
    }
    order = List.copyOf(order);
    candidates = List.copyOf(candidates);
  }

  /** The kernel chosen. */
  public SquaringKernel chosen() {
    return order.getFirst();
  }
}
