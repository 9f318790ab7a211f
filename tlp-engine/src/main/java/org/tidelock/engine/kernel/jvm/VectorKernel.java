package org.tidelock.engine.kernel.jvm;

import java.math.BigInteger;
import java.time.Duration;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.KernelUnavailableException;
import org.tidelock.engine.kernel.SquaringKernel;

/**
 * Montgomery squarings in AVX-512 through the Java Vector API, for machines where no native code
 * may be loaded. One size fits moduli of up to 2104 bits and takes the same time for all of them.
 *
 * <p>This class does not itself mention the API: where its module was not added, the classes that
 * do are never linked.
 */
public final class VectorKernel implements SquaringKernel {

  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public KernelSupport support(int modulusBits) {
    if (modulusBits > VectorTables.LONGEST_MODULUS) {
      return new KernelSupport.Unsupported(
          "modulus has %d bits; at most %d supported"
              .formatted(modulusBits, VectorTables.LONGEST_MODULUS),
          "another kernel has to be used");
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new KernelSupport.Unsupported(
          "the module " + MODULE + " is not loaded",
          "set TIDELOCK_JAVA_OPTS=--add-modules=%1$s for the command, or start java with --add-modules=%1$s"
              .formatted(MODULE));
    }
    if (!VectorLanes.available()) {
      return new KernelSupport.Unsupported(
          "this JVM does not use vectors of 512 bits",
          "start java with -XX:UseAVX=3 if the CPU has AVX-512; otherwise nothing can be done");
    }
    return new KernelSupport.Supported();
  }

  @Override
  public Duration warmUp() {
    return Duration.ofMillis(1500);
  }

  @Override
  public KernelSession open(BigInteger modulus) {
    if (modulus.compareTo(BigInteger.ONE) <= 0 || !modulus.testBit(0)) {
      throw new IllegalArgumentException("modulus must be odd and greater than 1");
    }
    if (support(modulus.bitLength()) instanceof KernelSupport.Unsupported why) {
      throw new KernelUnavailableException(name(), why);
    }
    return new VectorSession(modulus);
  }
}
