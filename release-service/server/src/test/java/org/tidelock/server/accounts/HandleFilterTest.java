package org.tidelock.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.server.testing.MovedClock;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.service.db.Database;

class HandleFilterTest {

  private static RunningServer server;
  private static Database database;

  private final MovedClock clock = new MovedClock();
  private final HandleStore handles = new HandleStore();

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    database = server.server().node().database();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void rulesNothingOutBeforeItReadTheLog() {
    assertThat(filter().rulesOut(RandomBytes.ofLength(32))).isFalse();
  }

  @Test
  void rulesOutWhatIsNotRegisteredForASecondAfterItReadTheLog() {
    HandleFilter filter = filter();
    Bytes unknown = RandomBytes.ofLength(32);
    onVirtualThread(filter::catchUp);
    assertThat(filter.rulesOut(unknown)).isTrue();
    clock.move(Duration.ofSeconds(1));
    assertThat(filter.rulesOut(unknown)).isTrue();
    clock.move(Duration.ofMillis(1));
    assertThat(filter.rulesOut(unknown)).isFalse();
    onVirtualThread(filter::catchUp);
    assertThat(filter.rulesOut(unknown)).isTrue();
  }

  @Test
  void neverRulesOutWhatIsInTheLogOrWasRegisteredBeforeTheStart() {
    new Person(server.wire(), "before-the-start").register(server);
    Bytes later = RandomBytes.ofLength(32);
    HandleFilter filter = filter();
    onVirtualThread(filter::catchUp);
    onVirtualThread(
        () -> {
          var registered =
              database.inTransaction(
                  transaction -> handles.registeredAfter(transaction, Bytes.of(new byte[0]), 10));
          assertThat(registered).isNotEmpty().noneMatch(filter::rulesOut);
        });
    assertThat(filter.rulesOut(later)).isTrue();
    onVirtualThread(
        () ->
            database.inTransaction(
                transaction -> {
                  handles.append(transaction, later);
                  return true;
                }));
    onVirtualThread(filter::catchUp);
    assertThat(filter.rulesOut(later)).isFalse();
  }

  @Test
  void mistakesFewerThanTwoInAHundred() {
    HandleFilter filter = filter();
    onVirtualThread(filter::catchUp);
    int ruledOut = 0;
    for (int i = 0; i < 10_000; i++) {
      ruledOut += filter.rulesOut(RandomBytes.ofLength(32)) ? 1 : 0;
    }
    assertThat(ruledOut).isGreaterThan(9_800);
  }

  private HandleFilter filter() {
    return new HandleFilter(database, handles, SecretBytes.random(32), clock);
  }

  private static void onVirtualThread(Runnable work) {
    server.server().node().run(work);
  }
}
