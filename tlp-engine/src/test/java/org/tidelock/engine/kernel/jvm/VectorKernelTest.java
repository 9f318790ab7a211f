package org.tidelock.engine.kernel.jvm;

import org.tidelock.engine.kernel.KernelContract;
import org.tidelock.engine.kernel.SquaringKernel;

final class VectorKernelTest extends KernelContract {

  @Override
  protected SquaringKernel kernel() {
    return new VectorKernel();
  }
}
