package org.tidelock.engine.kernel.ffm;

import org.tidelock.engine.kernel.KernelContract;
import org.tidelock.engine.kernel.SquaringKernel;

final class MulxKernelTest extends KernelContract {

  @Override
  protected SquaringKernel kernel() {
    return new MulxKernel();
  }
}
