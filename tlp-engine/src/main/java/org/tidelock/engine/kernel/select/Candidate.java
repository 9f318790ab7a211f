package org.tidelock.engine.kernel.select;

import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.SquaringKernel;

/** A kernel that was considered for a modulus length. */
public sealed interface Candidate {

  /** The kernel considered. */
  SquaringKernel kernel();

  /** It runs here, and this fast. */
  record Measured(SquaringKernel kernel, KernelTiming timing) implements Candidate {}

  /** It does not run here, for this reason. */
  record LeftOut(SquaringKernel kernel, KernelSupport.Unsupported why) implements Candidate {}
}
