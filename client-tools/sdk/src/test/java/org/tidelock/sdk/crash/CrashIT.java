package org.tidelock.sdk.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tidelock.sdk.crash.ServiceProcesses.Victim;

/**
 * Server, key server and both databases are killed at random moments while people change their
 * passwords and renew their keys. Afterwards each of them logs in on a new device, with the
 * password that was acknowledged last or the one that was being set, and has every key.
 *
 * <p>{@code -Dtidelock.crashes=50} makes a soak of it, {@code -Dtidelock.crash.seed=N} repeats one.
 */
class CrashIT {

  private static final int CRASHES = Integer.getInteger("tidelock.crashes", 5);
  private static final long SEED =
      Long.getLong("tidelock.crash.seed", new Random().nextLong(1_000_000));
  private static final List<Victim> VICTIMS = List.of(Victim.values());
  private static final int HOLDERS = 3;
  private static final int LONGEST_LIFE_MILLIS = 4000;

  @Test
  void nobodyLosesAPasswordOrAKey() throws Exception {
    System.out.printf("crashes: %d, seed: %d%n", CRASHES, SEED);
    Random random = new Random(SEED);
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "crash-");
    try (ServiceProcesses both = ServiceProcesses.startIn(folder);
        ExecutorService executor = Executors.newFixedThreadPool(HOLDERS)) {
      List<Holder> holders = new ArrayList<>();
      for (int i = 0; i < HOLDERS; i++) {
        holders.add(Holder.register(both, folder.resolve("homes"), "holder" + i));
      }
      for (int crash = 0; crash < CRASHES; crash++) {
        // Each in turn, so that five crashes meet all of them.
        Victim victim = VICTIMS.get(crash % VICTIMS.size());
        List<Future<?>> changing = new ArrayList<>();
        for (Holder holder : holders) {
          changing.add(executor.submit(() -> change(holder)));
        }
        Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
        both.kill(victim);
        for (Future<?> end : changing) {
          end.get();
        }
        both.recover(victim);
        for (Holder holder : holders) {
          holder.findsEverything();
        }
        System.out.printf("crash %d of %d: %s, nothing lost%n", crash + 1, CRASHES, victim);
      }
    }
  }

  private static Void change(Holder holder) throws IOException {
    holder.changeUntilItDies();
    return null;
  }
}
