package org.tidelock.engine.kernel.ffm;

import java.math.BigInteger;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.KernelUnavailableException;
import org.tidelock.engine.kernel.SquaringKernel;

/**
 * Squaring in C with AVX-512 IFMA, eight digits of 52 bits at a time: the fastest there is, on CPUs
 * that have it. Runs for every odd modulus up to 4101 bits, at the speed of the next of its sizes.
 */
public final class IfmaKernel implements SquaringKernel {

  @Override
  public String name() {
    return "ifma";
  }

  @Override
  public KernelSupport support(int modulusBits) {
    if (IfmaSize.forModulus(modulusBits).isEmpty()) {
      return new KernelSupport.Unsupported(
          "%d bits; at most %d allowed".formatted(modulusBits, IfmaSize.BITS_4096.modulusBits()),
          "other kernels run at this length");
    }
    return switch (NativeLibrary.outcome()) {
      case NativeOutcome.Loaded(NativeLibrary library) when library.hasAvx512Ifma() ->
          new KernelSupport.Supported();
      case NativeOutcome.Loaded _ ->
          new KernelSupport.Unsupported(
              "the CPU lacks AVX-512 IFMA",
              "nothing to install would help; Intel server CPUs since 2021 and AMD CPUs since Zen 4"
                  + " have it");
      case NativeOutcome.Absent absent -> absent.unsupported();
    };
  }

  @Override
  public KernelSession open(BigInteger modulus) {
    Residues.requireModulus(modulus);
    return switch (support(modulus.bitLength())) {
      case KernelSupport.Supported _ -> new IfmaSession(modulus);
      case KernelSupport.Unsupported why -> throw new KernelUnavailableException(name(), why);
    };
  }
}
