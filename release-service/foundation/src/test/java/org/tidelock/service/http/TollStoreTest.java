package org.tidelock.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.DatabaseAddress;
import org.tidelock.service.db.Migrations;
import org.tidelock.service.db.TestDatabase;

class TollStoreTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Limit LIMIT = Limit.LOGIN_TO_NAME;

  private static Vertx vertx;
  private static Database database;
  private static TollStore store;

  @BeforeAll
  static void open() {
    DatabaseAddress address = TestDatabase.fresh();
    Migrations.apply(address, "db/foundation");
    vertx = Vertx.vertx();
    database = Database.open(vertx, address, 4);
    store = new TollStore(database, 1);
  }

  @AfterAll
  static void close() throws Exception {
    waiting(
        () -> {
          database.close();
          return true;
        });
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aLimitGivesItsBurstAndThenWhatRefills() throws Exception {
    for (int i = 0; i < LIMIT.burst(); i++) {
      assertThat(take(NOW, use("ada"))).isEmpty();
    }
    assertThat(take(NOW, use("ada"))).contains(use("ada"));
    assertThat(take(NOW.plus(LIMIT.refill()), use("ada"))).isEmpty();
    assertThat(take(NOW.plus(LIMIT.refill()), use("ada"))).contains(use("ada"));
    assertThat(take(NOW.plus(Duration.ofDays(1)), use("ada", LIMIT.burst()))).isEmpty();
  }

  @Test
  void severalUsesAreTakenAllOrNone() throws Exception {
    assertThat(take(NOW, use("bea", LIMIT.burst() - 1))).isEmpty();
    assertThat(take(NOW, use("bea", 2))).contains(use("bea", 2));
    assertThat(take(NOW, use("bea", 1))).isEmpty();
  }

  @Test
  void aNonceIsTakenOnceForEachKey() throws Exception {
    Toll.Nonce nonce = nonce();
    assertThat(take(NOW, nonce)).isEmpty();
    assertThat(take(NOW, nonce)).contains(nonce);
    assertThat(
            take(NOW, new Toll.Nonce(RandomBytes.ofLength(32), nonce.nonce(), nonce.expiresAt())))
        .isEmpty();
  }

  @Test
  void whatStandsBehindSomethingThatIsNotToBeHadIsNotTaken() throws Exception {
    Toll.Nonce nonce = nonce();
    assertThat(take(NOW, use("cyd", LIMIT.burst()))).isEmpty();
    assertThat(take(NOW, use("dan"), use("cyd"), use("eve", LIMIT.burst()), nonce))
        .contains(use("cyd"));
    // Of the first, one use was taken.
    assertThat(take(NOW, use("dan", LIMIT.burst()))).isNotEmpty();
    assertThat(take(NOW, use("dan", LIMIT.burst() - 1), use("eve", LIMIT.burst()), nonce))
        .isEmpty();
  }

  @Test
  void ofManyAtOnceNoMoreThanTheBurstAreLetIn() throws Exception {
    Callable<Optional<Toll>> asking = () -> take(NOW, use("fay"), nonce());
    long letIn = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (var answer : threads.invokeAll(Collections.nCopies(3 * LIMIT.burst(), asking))) {
        letIn += answer.get().isEmpty() ? 1 : 0;
      }
    }
    assertThat(letIn).isEqualTo(LIMIT.burst());
  }

  private static Toll.Counted use(String who) {
    return use(who, 1);
  }

  private static Toll.Counted use(String who, int uses) {
    return new Toll.Counted(LIMIT, who, uses);
  }

  private static Toll.Nonce nonce() {
    return new Toll.Nonce(
        RandomBytes.ofLength(32), RandomBytes.ofLength(16), NOW.plus(Duration.ofMinutes(4)));
  }

  private static Optional<Toll> take(Instant now, Toll... tolls) throws Exception {
    return waiting(() -> store.take(List.of(tolls), now));
  }

  /** On a thread of Vert.x that may wait for futures. */
  private static <T> T waiting(Callable<T> work) throws Exception {
    Promise<T> result = Promise.promise();
    vertx
        .deployVerticle(
            new VerticleBase() {
              @Override
              public Future<?> start() throws Exception {
                result.complete(work.call());
                return Future.succeededFuture();
              }
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    return result.future().toCompletionStage().toCompletableFuture().get();
  }
}
