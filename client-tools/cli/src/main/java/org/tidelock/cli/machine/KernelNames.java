package org.tidelock.cli.machine;

import java.util.Iterator;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.select.KernelSelector;

/** The names of all kernels, for the completion of shells. */
public final class KernelNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return KernelSelector.ofAll().kernels().stream().map(SquaringKernel::name).iterator();
  }
}
