package org.tidelock.service.node;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.service.http.Listener;

/** Work that is done again and again, on virtual threads, until it is closed. */
final class Repeated implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Repeated.class);

  /** How long work that was begun may take to end. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Runnable work;
  private final Phaser underWay = new Phaser(1);

  private Repeated(Runnable work) {
    this.work = work;
  }

  static Repeated every(Vertx vertx, Duration interval, Runnable work) {
    Repeated repeated = new Repeated(work);
    Listener.onVirtualThread(
        vertx, () -> vertx.setPeriodic(interval.toMillis(), timer -> repeated.attempt()));
    return repeated;
  }

  /** Begins nothing more, and returns when what was begun has ended. */
  @Override
  public void close() {
    int phase = underWay.arriveAndDeregister();
    try {
      underWay.awaitAdvanceInterruptibly(phase, GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("work that is repeated takes longer to end than {} s", GRACE.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    if (underWay.register() < 0) {
      return;
    }
    try {
      work.run();
    } catch (RuntimeException e) {
      log.warn("work that is repeated failed this time: {}", e.toString());
    } finally {
      underWay.arriveAndDeregister();
    }
  }
}
