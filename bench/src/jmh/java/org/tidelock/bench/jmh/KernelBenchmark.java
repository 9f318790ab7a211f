package org.tidelock.bench.jmh;

import java.math.BigInteger;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.tidelock.engine.kernel.KernelSession;
import org.tidelock.engine.kernel.KernelState;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.select.Kernels;

/**
 * One sequential squaring, and one multiplication as the error check uses it, in every kernel and
 * at every size. {@link JmhMain} fills in the kernels of this build.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KernelBenchmark {

  /** Squarings in one call from Java: enough that the call itself costs nothing. */
  private static final int CHAIN = 8192;

  /** The kernel's name. */
  @Param("biginteger")
  public String kernel = "";

  /** The modulus' length. */
  @Param({"1024", "2048", "3072", "4096"})
  public int bits;

  private Opened opened = Opened.NOTHING;

  /** Opens the kernel; JMH reports a kernel that cannot run here as failed and goes on. */
  @Setup
  public void open() {
    opened = Opened.of(kernel, bits);
  }

  /** Frees the kernel's memory. */
  @TearDown
  public void close() {
    opened.session().close();
  }

  /** Time for each of {@value #CHAIN} squarings in sequence. */
  @Benchmark
  @OperationsPerInvocation(CHAIN)
  public void square(Blackhole sink) {
    opened.state().square(CHAIN);
    sink.consume(opened.state());
  }

  /** Time for one multiplication by another residue, the call included. */
  @Benchmark
  public void multiply(Blackhole sink) {
    opened.state().multiply(opened.factor());
    sink.consume(opened.state());
  }

  /** A session with two residues. */
  private record Opened(KernelSession session, KernelState state, KernelState factor) {

    /** Before set-up: the smallest session there is. */
    static final Opened NOTHING = of(Kernels.all().getLast(), BigInteger.valueOf(15));

    static Opened of(String name, int bits) {
      SquaringKernel kernel =
          Kernels.all().stream()
              .filter(candidate -> candidate.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no kernel is named " + name));
      BigInteger modulus = new BigInteger(bits, new Random(bits)).setBit(bits - 1).setBit(0);
      return of(kernel, modulus);
    }

    private static Opened of(SquaringKernel kernel, BigInteger modulus) {
      KernelSession session = kernel.open(modulus);
      return new Opened(
          session,
          session.newState(BigInteger.TWO),
          session.newState(modulus.subtract(BigInteger.TWO)));
    }
  }
}
