package org.tidelock.bench.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundSamplesTest {

  private final RoundSamples samples = new RoundSamples();

  @Test
  void addsTheTimesOfAllPartsUpToTheBound() {
    samples.add(Map.of("signature", 1000.0, "statements", 500.0, "call", 100.0));
    samples.add(Map.of("signature", 3000.0, "statements", 500.0, "call", 120.0));

    CallRate call = samples.call("call", Map.of("signature", 4, "statements", 1));

    assertThat(call.perSecond().median()).isEqualTo(110);
    assertThat(call.boundPerSecond()).isCloseTo(1 / (4.0 / 2000 + 1.0 / 500), within(1e-9));
    assertThat(call.ofBound()).isCloseTo(110.0 / 250, within(1e-12));
  }

  @Test
  void summarizesAPartOverTheRounds() {
    samples.add(Map.of("signature", 1000.0));
    samples.add(Map.of("signature", 3000.0));

    assertThat(samples.part("signature").perSecond().max()).isEqualTo(3000);
  }
}
