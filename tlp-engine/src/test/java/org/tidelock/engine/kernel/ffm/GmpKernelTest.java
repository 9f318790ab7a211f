package org.tidelock.engine.kernel.ffm;

import org.tidelock.engine.kernel.KernelContract;
import org.tidelock.engine.kernel.SquaringKernel;

final class GmpKernelTest extends KernelContract {

  @Override
  protected SquaringKernel kernel() {
    return new GmpKernel();
  }
}
