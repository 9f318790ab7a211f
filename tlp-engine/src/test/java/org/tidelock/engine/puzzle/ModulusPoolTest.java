package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModulusPoolTest {

  /** Work that waits until the test lets it run. */
  private final Deque<Runnable> tasks = new ArrayDeque<>();

  private final ModulusPool pool = new ModulusPool(64, 3, tasks::add, new SecureRandom());

  @Test
  void asksTheWorkersForWhatIsMissingAndNoMore() {
    pool.fill();
    pool.fill();

    assertThat(tasks).hasSize(3);
    runAll();
    assertThat(pool.available()).isEqualTo(3);
    pool.fill();
    assertThat(tasks).isEmpty();
  }

  @Test
  void handsOutWhatIsReadyAndReplacesIt() {
    pool.fill();
    runAll();

    pool.take().close();

    assertThat(pool.available()).isEqualTo(2);
    assertThat(tasks).hasSize(1);
  }

  @Test
  void makesItsOwnWhenNothingIsReady() {
    try (Trapdoor trapdoor = pool.take()) {
      assertThat(trapdoor.modulus().bitLength()).isEqualTo(64);
    }
  }

  @Test
  void survivesWorkersThatRefuse() {
    ModulusPool refused =
        new ModulusPool(
            64,
            2,
            task -> {
              throw new RejectedExecutionException();
            },
            new SecureRandom());

    refused.take().close();

    assertThat(refused.available()).isZero();
  }

  @Test
  void closingWipesWhatIsReadyAndWhatIsStillBeingMade() {
    pool.fill();
    tasks.remove().run();

    pool.close();
    runAll();

    assertThat(pool.available()).isZero();
    assertThatThrownBy(pool::take).hasMessage("modulus pool is closed");
  }

  @Test
  void givesEachModulusOnceToManyThreads() throws InterruptedException {
    Set<BigInteger> moduli = ConcurrentHashMap.newKeySet();
    try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
      ModulusPool shared = new ModulusPool(64, 8, workers, new SecureRandom());
      try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
        for (int i = 0; i < 200; i++) {
          callers.execute(
              () -> {
                try (Trapdoor taken = shared.take()) {
                  moduli.add(taken.modulus());
                }
              });
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      }
      shared.close();
    }
    assertThat(moduli).hasSize(200);
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
