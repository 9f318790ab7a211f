package org.tidelock.sdk.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.message.MessageId;

/**
 * A backup is taken while people send, receive and read; they go on, so that their devices know
 * more than the backup; then everything is lost, and a new node works on the restored database.
 * Every message that was acknowledged before the backup comes whole and not early, and so does
 * every one that is sent afterwards.
 */
class RestoreIT {

  private static final long SEED =
      Long.getLong("tidelock.crash.seed", new Random().nextLong(1_000_000));
  private static final int LOAD_MILLIS = 4000;

  @Test
  void aBackupTakenUnderLoadLosesNoMessageAndOpensNoneEarly() throws Exception {
    System.out.printf("seed: %d%n", SEED);
    Ledger ledger = new Ledger();
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "restore-");
    ServerNode lost;
    Backup backup;
    Set<MessageId> before;
    Load load;
    try (Postgres postgres = Postgres.startIn(folder.resolve("postgres"))) {
      lost = ServerNode.start(folder.resolve("server"), postgres);
      try (Connection owner = postgres.connect()) {
        Ledger.installWitness(owner);
      }
      load = Load.of(lost, folder.resolve("homes"), ledger, SEED).at(List.of(lost.address()));
      Thread.sleep(LOAD_MILLIS);
      before = ledger.acknowledged();
      backup = Backup.take(postgres, folder.resolve("backup"));
      Thread.sleep(LOAD_MILLIS);
      load.stop();
      lost.kill();
      postgres.kill();
    }
    long after = ledger.messages() - before.size();
    assertThat(before).isNotEmpty();
    assertThat(after).as("messages after the backup").isPositive();

    ledger.restored(before);
    try (Postgres postgres = backup.restore(folder.resolve("restored-postgres"));
        ServerNode restored = ServerNode.like(lost, folder.resolve("restored-server"), postgres)) {
      load.at(List.of(restored.address()));
      Thread.sleep(LOAD_MILLIS);
      load.stopSending();
      load.awaitDeliveries();

      ledger.requireComplete();
      load.close();
      try (Connection owner = postgres.connect()) {
        ledger.requireNothingEarly(owner);
      }
      System.out.printf(
          "%d messages before the backup, %d after it, %d since the restore: none lost of the first"
              + " and the last, none early%n",
          before.size(), after, ledger.messages() - before.size());
      assertThat(ledger.messages()).isGreaterThan(before.size());
    }
  }
}
