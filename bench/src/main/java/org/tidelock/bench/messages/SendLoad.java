package org.tidelock.bench.messages;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.tidelock.bench.service.ClosedLoop;

/**
 * Senders who send one message after another, by the client library, to recipients in turn: to be
 * released far ahead.
 */
final class SendLoad {

  /** How far ahead. */
  static final Duration LOCKED = Duration.ofDays(30);

  private final List<Correspondent> senders;
  private final List<Correspondent> recipients;
  private final ClosedLoop loop;
  private final AtomicLong sent = new AtomicLong();

  SendLoad(List<Correspondent> senders, List<Correspondent> recipients) {
    this.senders = senders;
    this.recipients = recipients;
    this.loop = new ClosedLoop(senders.size());
  }

  /** Something to be measured while they send. */
  interface Meanwhile<T> {
    T measure() throws IOException;
  }

  /**
   * What was measured while they sent.
   *
   * @param sendsPerSecond how much they sent beside it
   */
  record Loaded<T>(T measured, double sendsPerSecond) {}

  /** How many they send a second, all together. */
  double perSecond(Duration duration) throws IOException {
    return loop.perSecond(duration, this::sendOne);
  }

  /** Measures while they send. */
  <T> Loaded<T> during(Meanwhile<T> meanwhile) throws IOException {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService background = Executors.newSingleThreadExecutor()) {
      Future<Double> sending =
          background.submit(() -> loop.perSecondUntil(over::get, this::sendOne));
      T measured;
      try {
        measured = meanwhile.measure();
      } finally {
        over.set(true);
      }
      return new Loaded<>(measured, sending.get());
    } catch (ExecutionException e) {
      throw new IOException("a sender failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void sendOne(int caller) throws IOException {
    Correspondent to = recipients.get((int) (sent.getAndIncrement() % recipients.size()));
    senders.get(caller).send(to, Instant.now().plus(LOCKED));
  }
}
