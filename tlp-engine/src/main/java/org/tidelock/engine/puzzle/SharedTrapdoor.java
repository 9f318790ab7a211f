package org.tidelock.engine.puzzle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * The trapdoor in use at the moment, lent to many threads and replaced by count and age. A retired
 * one is wiped when its last borrower returns it. Safe for use by many threads.
 */
final class SharedTrapdoor implements TrapdoorSource {

  private final ModulusPool pool;
  private final ModulusSharing.Rotating rule;
  private final InstantSource clock;
  private Optional<Lent> current = Optional.empty();

  SharedTrapdoor(ModulusPool pool, ModulusSharing.Rotating rule, InstantSource clock) {
    this.pool = pool;
    this.rule = rule;
    this.clock = clock;
  }

  @Override
  public <R> R with(Function<Trapdoor, R> use) {
    Lent lent = borrow();
    try {
      return use.apply(lent.trapdoor);
    } finally {
      giveBack(lent);
    }
  }

  @Override
  public synchronized void retireIfDue() {
    if (current.isPresent() && isSpent(current.get())) {
      retireCurrent();
    }
  }

  @Override
  public synchronized void close() {
    retireCurrent();
  }

  private synchronized Lent borrow() {
    retireIfDue();
    Lent lent = current.orElseGet(() -> new Lent(pool.take(), clock.instant()));
    current = Optional.of(lent);
    lent.puzzles++;
    lent.borrowers++;
    return lent;
  }

  private synchronized void giveBack(Lent lent) {
    lent.borrowers--;
    retireIfDue();
    wipeIfUnused(lent);
  }

  private boolean isSpent(Lent lent) {
    return lent.puzzles >= rule.puzzles() || !clock.instant().isBefore(lent.since.plus(rule.age()));
  }

  private void retireCurrent() {
    current.ifPresent(
        lent -> {
          lent.retired = true;
          wipeIfUnused(lent);
        });
    current = Optional.empty();
  }

  private static void wipeIfUnused(Lent lent) {
    if (lent.retired && lent.borrowers == 0) {
      lent.trapdoor.close();
    }
  }

  /** A trapdoor, how often it was used, and who uses it now. Guarded by the enclosing object. */
  private static final class Lent {
    final Trapdoor trapdoor;
    final Instant since;
    int puzzles;
    int borrowers;
    boolean retired;

    Lent(Trapdoor trapdoor, Instant since) {
      this.trapdoor = trapdoor;
      this.since = since;
    }
  }
}
