package org.tidelock.bench;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tidelock.engine.kernel.select.KernelSelector;
import org.tidelock.engine.kernel.select.KernelTiming;
import org.tidelock.engine.kernel.select.Selection;
import picocli.CommandLine.Option;

/** What the commands take that run the solver. */
public final class SolverOptions {

  private static final Duration TO_CHOOSE = Duration.ofMillis(500);

  @Option(names = "--kernel", description = "The kernel (default: the fastest here).")
  private @Nullable String kernel;

  @Option(names = "--bits", description = "Modulus length (default: ${DEFAULT-VALUE}).")
  private int bits = 2048;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where checkpoints go; use a real disk (default: bench/target/work).")
  private Path workDir = Path.of(System.getProperty("tidelock.bench.work", "bench/target/work"));

  /** The modulus length. */
  public int bits() {
    return bits;
  }

  /** Where checkpoints go. */
  public Path workDir() {
    return workDir;
  }

  /** The kernel asked for, or the fastest of a careful measurement. */
  public Selection kernels() {
    KernelSelector selector = KernelSelector.ofAll();
    return kernel == null ? selector.measure(bits, TO_CHOOSE) : selector.force(kernel, bits);
  }

  /** How fast the chosen kernel is. */
  public KernelTiming timing(Selection kernels) {
    return KernelTiming.measure(kernels.chosen(), bits, TO_CHOOSE);
  }

  /** A product of two primes of equal length. */
  public BigInteger modulus(Random random) {
    BigInteger p = BigInteger.probablePrime(bits / 2, random);
    BigInteger q = BigInteger.probablePrime(bits - bits / 2, random);
    return p.multiply(q);
  }
}
