package org.tidelock.engine.kernel.ffm;

import java.math.BigInteger;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.KernelUnavailableException;
import org.tidelock.engine.kernel.SquaringKernel;

/**
 * Squaring by the system's libgmp, where it is installed: {@code mpz_powm} with exponents 2^k. Runs
 * for every odd modulus, on every CPU that libgmp knows.
 *
 * <p>Only libgmp's public interface is used. libgmp ends the process when memory runs out.
 */
public final class GmpKernel implements SquaringKernel {

  @Override
  public String name() {
    return "gmp";
  }

  @Override
  public KernelSupport support(int modulusBits) {
    return switch (GmpLibrary.outcome()) {
      case GmpLibrary.Outcome.Loaded _ -> new KernelSupport.Supported();
      case GmpLibrary.Outcome.Missing missing -> missing.why().unsupported();
    };
  }

  @Override
  public KernelSession open(BigInteger modulus) {
    Residues.requireModulus(modulus);
    return switch (GmpLibrary.outcome()) {
      case GmpLibrary.Outcome.Loaded loaded -> new GmpSession(loaded.library(), modulus);
      case GmpLibrary.Outcome.Missing missing ->
          throw new KernelUnavailableException(name(), missing.why().unsupported());
    };
  }
}
