package org.tidelock.engine.kernel.select;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.KernelUnavailableException;
import org.tidelock.engine.kernel.SquaringKernel;

/**
 * Chooses the kernel for a modulus length: those that cannot run here are left out, the others are
 * measured briefly, and the fastest is taken. The choice is made once for each length and kept with
 * its reason. Thread-safe.
 */
public final class KernelSelector {

  private static final Duration SHORT = Duration.ofMillis(60);

  private final List<SquaringKernel> kernels;
  private final Map<Integer, Selection> selections = new ConcurrentHashMap<>();

  /** A selector among the given kernels, in order of preference where measurements tie. */
  public KernelSelector(List<SquaringKernel> kernels) {
    if (kernels.isEmpty()) {
      throw new IllegalArgumentException("no kernels given; at least one required");
    }
    this.kernels = List.copyOf(kernels);
  }

  /** A selector among all kernels of this build. */
  public static KernelSelector ofAll() {
    return new KernelSelector(Kernels.all());
  }

  /** All kernels of this selector, whether they run here or not. */
  public List<SquaringKernel> kernels() {
    return kernels;
  }

  /** The names of the kernels that run here for moduli of {@code modulusBits} bits. */
  public List<String> namesFor(int modulusBits) {
    return supported(modulusBits).stream().map(SquaringKernel::name).toList();
  }

  /**
   * The kernels for moduli of {@code modulusBits} bits, the fastest first. Measures at the first
   * call for a length (about 60 ms a kernel), afterwards answers from memory.
   */
  public Selection select(int modulusBits) {
    return selections.computeIfAbsent(modulusBits, bits -> measure(bits, SHORT));
  }

  /**
   * The kernel a user named, with the others as its stand-ins for a block it fails twice.
   *
   * @throws IllegalArgumentException if no kernel has that name; the message lists the names
   * @throws KernelUnavailableException if it cannot run here
   */
  public Selection force(String name, int modulusBits) {
    SquaringKernel forced = byName(name);
    if (forced.support(modulusBits) instanceof KernelSupport.Unsupported why) {
      throw new KernelUnavailableException(name, why);
    }
    return leading(forced, modulusBits, "chosen by name");
  }

  /**
   * The kernel an earlier measurement chose, without measuring again; where it is gone or cannot
   * run here any more, the same as {@link #select}.
   *
   * @param reason why it was chosen then
   */
  public Selection recall(String name, int modulusBits, String reason) {
    return supported(modulusBits).stream()
        .filter(kernel -> kernel.name().equals(name))
        .findFirst()
        .map(kernel -> leading(kernel, modulusBits, reason))
        .orElseGet(() -> select(modulusBits));
  }

  /**
   * Measures every kernel for {@code budget} each and chooses anew.
   *
   * @param budget wall time for each kernel, warm-up included; twice that where it was noisy
   */
  public Selection measure(int modulusBits, Duration budget) {
    List<Candidate> candidates = new ArrayList<>();
    for (SquaringKernel kernel : kernels) {
      candidates.add(
          switch (kernel.support(modulusBits)) {
            case KernelSupport.Supported() ->
                new Candidate.Measured(
                    kernel, KernelTiming.measureSteadily(kernel, modulusBits, budget));
            case KernelSupport.Unsupported why -> new Candidate.LeftOut(kernel, why);
          });
    }
    List<Candidate.Measured> ranked =
        candidates.stream()
            .filter(Candidate.Measured.class::isInstance)
            .map(Candidate.Measured.class::cast)
            .sorted(Comparator.comparingDouble(c -> c.timing().minNanos()))
            .toList();
    if (ranked.isEmpty()) {
      throw new IllegalStateException(
          "no kernel runs here for a modulus of %d bits".formatted(modulusBits));
    }
    List<SquaringKernel> order = ranked.stream().map(Candidate.Measured::kernel).toList();
    return new Selection(modulusBits, order, candidates, reason(ranked));
  }

  private SquaringKernel byName(String name) {
    return kernels.stream()
        .filter(k -> k.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no kernel is named %s; there are %s"
                        .formatted(
                            name,
                            String.join(
                                ", ", kernels.stream().map(SquaringKernel::name).toList()))));
  }

  private Selection leading(SquaringKernel first, int modulusBits, String reason) {
    List<SquaringKernel> order = new ArrayList<>(supported(modulusBits));
    order.remove(first);
    order.addFirst(first);
    return new Selection(modulusBits, order, List.of(), reason);
  }

  private List<SquaringKernel> supported(int modulusBits) {
    return kernels.stream()
        .filter(k -> k.support(modulusBits) instanceof KernelSupport.Supported)
        .toList();
  }

  private static String reason(List<Candidate.Measured> ranked) {
    if (ranked.size() == 1) {
      return "the only kernel that runs here";
    }
    Candidate.Measured first = ranked.getFirst();
    Candidate.Measured second = ranked.get(1);
    return "fastest here, %.2f times %s"
        .formatted(second.timing().minNanos() / first.timing().minNanos(), second.kernel().name());
  }
}
