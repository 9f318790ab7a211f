package org.tidelock.bench.puzzles;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tidelock.bench.CommonOptions;
import org.tidelock.bench.peers.PeerLibrary;
import org.tidelock.bench.report.Environment;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.select.Kernels;
import org.tidelock.engine.puzzle.KernelPower;
import org.tidelock.engine.puzzle.ModularPower;
import org.tidelock.engine.puzzle.ModulusPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how fast puzzles are made from a shared modulus, and what GMP takes for their powers.
 */
@Command(
    name = "puzzles",
    description = "Puzzles made a second from a shared modulus, beside GMP's mpz_powm.")
public final class PuzzlesCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--rounds", description = "Samples of each row (default: ${DEFAULT-VALUE}).")
  private int rounds = 200;

  @Option(names = "--bits", description = "Modulus length (default: ${DEFAULT-VALUE}).")
  private int bits = 2048;

  @Override
  public Integer call() throws IOException {
    common.requireAtLeastOne("--rounds", rounds);
    Environment environment = common.environment("puzzles");
    PeerLibrary peers = new PeerLibrary(common.peers());
    try (ModulusPool pool = new ModulusPool(bits, 1, Runnable::run, new SecureRandom())) {
      Contest contest = new Contest(bits, pool);
      Map<String, ModularPower> ways = ways();
      ways.forEach(contest::addMakers);
      for (int length : new int[] {bits / 2, bits / 2 + Contest.CHECK_BITS}) {
        contest.addPowers("GMP mpz_powm", peers::gmpPower, length);
        ways.forEach((name, power) -> contest.addPowers(name, power, length));
      }
      PuzzleRates rates =
          new PuzzleRates(
              environment,
              List.of("GMP " + peers.gmpVersion()),
              bits,
              rounds,
              contest.measure(rounds));
      String page = rates.toMarkdown();
      System.out.print(page);
      common.results().write("puzzles.md", page);
      common.results().writeJson("puzzles.json", rates);
    }
    return 0;
  }

  /** BigInteger, and each other kernel that runs at the lengths needed. */
  private Map<String, ModularPower> ways() {
    Map<String, ModularPower> ways = new LinkedHashMap<>();
    ways.put("BigInteger", BigInteger::modPow);
    for (SquaringKernel kernel : Kernels.all()) {
      boolean runs =
          kernel.support(bits / 2) instanceof KernelSupport.Supported
              && kernel.support(bits / 2 + Contest.CHECK_BITS) instanceof KernelSupport.Supported;
      if (runs && !kernel.name().equals("biginteger")) {
        ways.put("kernel " + kernel.name(), new KernelPower(kernel));
      }
    }
    return ways;
  }
}
