package org.tidelock.sdk.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelock.sdk.crash.TwoNodes.Victim;

/**
 * P5, nothing lost: server nodes and PostgreSQL are killed at random moments while people send to
 * each other, receive, acknowledge and read. Two nodes run throughout. In the end the test's own
 * ledger, and the database's clock, tell that every acknowledged message came whole, once, and not
 * early, and that a retry was answered with the same receipt.
 *
 * <p>{@code -Dtidelock.crashes=50} makes a soak of it, {@code -Dtidelock.crash.seed=N} repeats one.
 */
class DeliveryCrashIT {

  private static final int CRASHES = Integer.getInteger("tidelock.crashes", 5);
  private static final long SEED =
      Long.getLong("tidelock.crash.seed", new Random().nextLong(1_000_000));
  private static final List<Victim> VICTIMS = List.of(Victim.values());
  private static final int LONGEST_LIFE_MILLIS = 3000;
  private static final int LONGEST_OUTAGE_MILLIS = 1000;

  @Test
  void everyAcknowledgedMessageComesOnceAndNotEarly() throws Exception {
    System.out.printf("crashes: %d, seed: %d%n", CRASHES, SEED);
    Random random = new Random(SEED);
    Ledger ledger = new Ledger();
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "delivery-");
    try (TwoNodes service = TwoNodes.startIn(folder)) {
      try (Connection owner = service.postgres().connect()) {
        Ledger.installWitness(owner);
      }
      Load load =
          Load.of(service.first(), folder.resolve("homes"), ledger, SEED).at(service.addresses());
      crash(service, random, ledger, load);
      load.stopSending();
      load.awaitDeliveries();
      ledger.requireComplete();
      load.requireSameReceipts();
      load.close();
      try (Connection owner = service.postgres().connect()) {
        ledger.requireNothingEarly(owner);
      }
      System.out.printf(
          "%d crashes, seed %d: %d messages acknowledged, all delivered once and none early, all"
              + " receipts the same, %d of them after retries%n",
          CRASHES, SEED, ledger.messages(), ledger.retries());
    }
  }

  private static void crash(TwoNodes service, Random random, Ledger ledger, Load load)
      throws Exception {
    for (int crash = 0; crash < CRASHES; crash++) {
      // Each in turn, so that five crashes meet all of them.
      Victim victim = VICTIMS.get(crash % VICTIMS.size());
      Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
      service.kill(victim, random);
      Thread.sleep(random.nextInt(LONGEST_OUTAGE_MILLIS));
      service.recover(victim);
      System.out.printf(
          "crash %d of %d: %s; %d messages acknowledged%n",
          crash + 1, CRASHES, victim, ledger.messages());
      load.requireAtWork();
    }
  }
}
