package org.tidelock.engine.kernel.ffm;

import java.math.BigInteger;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.KernelUnavailableException;
import org.tidelock.engine.kernel.SquaringKernel;

/**
 * Squaring in x86-64 assembly with mulx, adcx and adox, for CPUs without AVX-512 IFMA. Runs for
 * every odd modulus; lengths are rounded up to multiples of 512 bits.
 */
public final class MulxKernel implements SquaringKernel {

  @Override
  public String name() {
    return "mulx";
  }

  @Override
  public KernelSupport support(int modulusBits) {
    return switch (NativeLibrary.outcome()) {
      case NativeOutcome.Loaded(NativeLibrary library) when library.hasBmi2Adx() ->
          new KernelSupport.Supported();
      case NativeOutcome.Loaded _ ->
          new KernelSupport.Unsupported(
              "the CPU lacks BMI2 or ADX",
              "nothing to install would help; Intel CPUs since 2014 and AMD CPUs since 2017 have"
                  + " both");
      case NativeOutcome.Absent absent -> absent.unsupported();
    };
  }

  @Override
  public KernelSession open(BigInteger modulus) {
    Residues.requireModulus(modulus);
    return switch (support(modulus.bitLength())) {
      case KernelSupport.Supported _ -> new MulxSession(modulus);
      case KernelSupport.Unsupported why -> throw new KernelUnavailableException(name(), why);
    };
  }
}
