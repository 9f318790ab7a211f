package org.tidelock.engine.kernel.select;

import java.util.List;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.ffm.GmpKernel;
import org.tidelock.engine.kernel.ffm.IfmaKernel;
import org.tidelock.engine.kernel.ffm.MulxKernel;
import org.tidelock.engine.kernel.jvm.BigIntegerKernel;
import org.tidelock.engine.kernel.jvm.VectorKernel;

/** The kernels of this build. A new one is added here and nowhere else. */
public final class Kernels {

  private Kernels() {}

  /** All of them, those expected to be fastest first; the last one runs everywhere. */
  public static List<SquaringKernel> all() {
    return List.of(
        new IfmaKernel(),
        new MulxKernel(),
        new VectorKernel(),
        new GmpKernel(),
        new BigIntegerKernel());
  }
}
