package org.tidelock.bench.jmh;

import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.tidelock.engine.kernel.KernelSupport;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.select.Kernels;

/** JMH's own command line, with the kernels that run here filled in where none were named. */
public final class JmhMain {

  private static final int COMMON_BITS = 2048;

  private JmhMain() {}

  /** Takes JMH's options; {@code -h} lists them. */
  public static void main(String[] args) throws Exception {
    CommandLineOptions given = new CommandLineOptions(args);
    if (given.shouldHelp()) {
      given.showHelp();
      return;
    }
    ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
    if (!given.getParameter("kernel").hasValue()) {
      options.param("kernel", kernelsHere().toArray(String[]::new));
    }
    Runner runner = new Runner(options.build());
    if (given.shouldList()) {
      runner.list();
    } else if (given.shouldListWithParams()) {
      runner.listWithParams(given);
    } else {
      runner.run();
    }
  }

  private static List<String> kernelsHere() {
    return Kernels.all().stream()
        .filter(kernel -> kernel.support(COMMON_BITS) instanceof KernelSupport.Supported)
        .map(SquaringKernel::name)
        .toList();
  }
}
