package org.tidelock.engine.kernel.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class KernelTimingTest {

  private static final KernelTiming STEADY = new KernelTiming(99, 100, 0.02);
  private static final KernelTiming NOISY = new KernelTiming(99, 1300, 1.33);
  private static final KernelTiming NOISIER = new KernelTiming(99, 2000, 2.5);

  @Test
  void aSteadyMeasurementCountsAsItIs() {
    Queue<KernelTiming> measured = new ArrayDeque<>(List.of(STEADY, NOISY));
    assertThat(KernelTiming.steadier(measured::remove)).isEqualTo(STEADY);
    assertThat(measured).containsExactly(NOISY);
  }

  @Test
  void aNoisyMeasurementIsMadeOnceMore() {
    Queue<KernelTiming> measured = new ArrayDeque<>(List.of(NOISY, STEADY, STEADY));
    assertThat(KernelTiming.steadier(measured::remove)).isEqualTo(STEADY);
    assertThat(measured).containsExactly(STEADY);
  }

  @Test
  void ofTwoNoisyOnesTheSteadierCountsAndStaysNoisy() {
    Queue<KernelTiming> measured = new ArrayDeque<>(List.of(NOISY, NOISIER));
    KernelTiming timing = KernelTiming.steadier(measured::remove);
    assertThat(timing).isEqualTo(NOISY);
    assertThat(timing.noisy()).isTrue();
  }
}
