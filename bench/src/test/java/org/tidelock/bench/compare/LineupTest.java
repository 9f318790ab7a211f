package org.tidelock.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.kernel.SquaringKernel;
import org.tidelock.engine.kernel.select.Kernels;

class LineupTest {

  @Test
  void bringsEveryKernelOrSaysWhyNot() {
    try (Lineup lineup = Lineup.of(1024, Optional.empty())) {
      for (SquaringKernel kernel : Kernels.all()) {
        String name = Lineup.OURS + kernel.name();
        boolean takesPart = lineup.contenders().stream().anyMatch(c -> c.name().equals(name));
        boolean leftOut = lineup.leftOut().stream().anyMatch(line -> line.startsWith(name + " "));
        assertThat(takesPart ^ leftOut).as(name).isTrue();
      }
      assertThat(lineup.contenders())
          .extracting(Contender::name)
          .contains(JavaLoops.POWERS, JavaLoops.PRODUCTS)
          .doesNotHaveDuplicates();
    }
  }
}
