package org.tidelock.bench.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

  @Test
  void letsEachCallerActOnce() throws IOException {
    Set<Integer> callers = ConcurrentHashMap.newKeySet();

    new ClosedLoop(3).once(caller -> assertThat(callers.add(caller)).isTrue());

    assertThat(callers).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void goesOnUntilItIsOver() throws IOException {
    AtomicInteger done = new AtomicInteger();

    double perSecond =
        new ClosedLoop(1).perSecondUntil(() -> done.get() == 5, _ -> done.incrementAndGet());

    assertThat(done).hasValue(5);
    assertThat(perSecond).isPositive();
  }

  @Test
  void failsWithTheCallerThatFails() {
    assertThatThrownBy(
            () ->
                new ClosedLoop(2)
                    .once(
                        _ -> {
                          throw new IOException("refused");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
  }
}
