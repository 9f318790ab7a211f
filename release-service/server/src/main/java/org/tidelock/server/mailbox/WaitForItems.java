package org.tidelock.server.mailbox;

import static io.vertx.core.Future.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.tidelock.protocol.account.AccountId;
import org.tidelock.service.db.Wakeups;

/**
 * Requests on this node that wait until something comes into their account's queues, from whichever
 * node. What comes is told by the database, and a telling can be lost, so nobody waits for it
 * alone: see {@link #LOOK_AGAIN}. Thread-safe.
 */
public final class WaitForItems {

  /** When to look although nothing was told. */
  static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Map<String, Set<Promise<Void>>> waiting = new ConcurrentHashMap<>();
  private volatile boolean leaving;

  /** Waits on the event loops of {@code vertx}. */
  public WaitForItems(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Begins to hear what comes. Called on a virtual thread. */
  public void listen(Wakeups wakeups) {
    wakeups.listen(Mailboxes.CHANNEL, this::wake, this::wakeAll);
  }

  /** Lets nobody wait any more: the node stops. */
  public void leave() {
    leaving = true;
    wakeAll();
  }

  /**
   * Begins to wait, before looking: what comes after this is not missed.
   *
   * @return to be closed when there is nothing more to wait for
   */
  Waiting begin(AccountId account) {
    return new Waiting(account.toString());
  }

  /** How many requests wait. */
  public int waiting() {
    return waiting.values().stream().mapToInt(Set::size).sum();
  }

  private void wake(String account) {
    waiting.getOrDefault(account, Set.of()).forEach(Promise::tryComplete);
  }

  private void wakeAll() {
    waiting.keySet().forEach(this::wake);
  }

  /** One request that waits. Not thread-safe. */
  final class Waiting implements AutoCloseable {
    private final String account;
    private Promise<Void> woken;

    private Waiting(String account) {
      this.account = account;
      this.woken = enlist();
    }

    /** Whether waiting is of any use. */
    boolean mayGoOn() {
      return !leaving;
    }

    /** Returns when something may have come, and at the latest after {@code most}. */
    void await(Duration most) {
      long millis = Math.max(1, Math.min(most.toMillis(), LOOK_AGAIN.toMillis()));
      Timer timer = vertx.timer(millis, TimeUnit.MILLISECONDS);
      WaitForItems.awaitEither(woken.future(), timer);
      timer.cancel();
      Promise<Void> before = woken;
      woken = enlist();
      dismiss(before);
    }

    @Override
    public void close() {
      dismiss(woken);
    }

    private Promise<Void> enlist() {
      Promise<Void> promise = Promise.promise();
      waiting.compute(
          account,
          (key, all) -> {
            Set<Promise<Void>> mine = all == null ? ConcurrentHashMap.newKeySet() : all;
            mine.add(promise);
            return mine;
          });
      return promise;
    }

    private void dismiss(Promise<Void> promise) {
      waiting.computeIfPresent(
          account,
          (key, all) -> {
            all.remove(promise);
            return all.isEmpty() ? null : all;
          });
    }
  }

  private static void awaitEither(Future<?> one, Future<?> other) {
    await(Future.any(one, other));
  }
}
