package org.tidelock.bench.messages;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tidelock.bench.report.Latency;
import org.tidelock.bench.service.ClosedLoop;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.MessageReceipt;

/**
 * Messages that fall due one after another within one second, and how long after the time that
 * their sender signed the recipient's client knows. Every second recipient waits by socket, the
 * others by long poll.
 */
final class ReleaseLag {

  /** From when all are sent until the first falls due. */
  private static final Duration READY = Duration.ofSeconds(10);

  /** After the last falls due. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final List<Correspondent> senders;
  private final List<Correspondent> recipients;
  private final int messages;

  ReleaseLag(List<Correspondent> senders, List<Correspondent> recipients, int messages) {
    this.senders = senders;
    this.recipients = recipients;
    this.messages = messages;
  }

  /** How long it took, by how the recipient waited, and over all. */
  record Lag(Latency all, Latency bySocket, Latency byLongPoll) {}

  /** Messages under way, all due soon. */
  record Scheduled(Map<MessageId, Due> due, Instant first) {}

  /** When a message falls due, and who waits for it. */
  private record Due(Instant at, Waiter waiter) {}

  /**
   * Sends what falls due soon.
   *
   * @param sendsPerSecond how many can be sent a second, about
   */
  Scheduled schedule(double sendsPerSecond) throws IOException {
    Duration sending = Duration.ofMillis((long) (2_000 * messages / sendsPerSecond));
    Instant first = Instant.now().plus(READY).plus(sending).truncatedTo(ChronoUnit.MILLIS);
    Map<MessageId, Due> due = new ConcurrentHashMap<>();
    new ClosedLoop(senders.size())
        .once(
            sender -> {
              for (int i = sender; i < messages; i += senders.size()) {
                int recipient = i % recipients.size();
                MessageReceipt receipt =
                    senders
                        .get(sender)
                        .send(
                            recipients.get(recipient),
                            first.plus(WINDOW.multipliedBy(i).dividedBy(messages)));
                due.put(receipt.message(), new Due(receipt.releaseAt(), waiter(recipient)));
              }
            });
    if (Instant.now().isAfter(first.minus(READY.dividedBy(2)))) {
      throw new IOException(
          "%d messages were not sent in %d s; the machine is too slow for what it was a moment ago"
              .formatted(messages, sending.plus(READY).toSeconds()));
    }
    return new Scheduled(due, first);
  }

  /** Waits for what was sent. */
  Lag await(Scheduled scheduled) throws IOException {
    Arrivals arrivals = new Arrivals(scheduled);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> waiting = new ArrayList<>();
      for (int i = 0; i < recipients.size(); i++) {
        int recipient = i;
        waiting.add(
            threads.submit(
                () -> {
                  waiter(recipient).await(recipients.get(recipient), arrivals);
                  return null;
                }));
      }
      for (Future<?> one : waiting) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a recipient failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return arrivals.lag();
  }

  private static Waiter waiter(int recipient) {
    return recipient % 2 == 0 ? Waiter.SOCKET : Waiter.LONG_POLL;
  }

  private static final class Arrivals implements Waiter.Told {

    private final Map<MessageId, Due> due;
    private final Instant latest;
    private final Map<MessageId, Instant> came = new ConcurrentHashMap<>();

    Arrivals(Scheduled scheduled) {
      this.due = scheduled.due();
      this.latest = scheduled.first().plus(WINDOW).plus(PATIENCE);
    }

    @Override
    public void released(MessageId message, Instant at) {
      if (due.containsKey(message)) {
        came.putIfAbsent(message, at);
      }
    }

    @Override
    public boolean isOver() {
      return came.size() == due.size() || Instant.now().isAfter(latest);
    }

    Lag lag() throws IOException {
      if (came.size() < due.size()) {
        throw new IOException(
            "%d of %d messages were not released %d s after their time"
                .formatted(due.size() - came.size(), due.size(), PATIENCE.toSeconds()));
      }
      return new Lag(
          Latency.of(lags(List.of(Waiter.values()))),
          Latency.of(lags(List.of(Waiter.SOCKET))),
          Latency.of(lags(List.of(Waiter.LONG_POLL))));
    }

    private List<Duration> lags(List<Waiter> waiters) {
      return due.entrySet().stream()
          .filter(entry -> waiters.contains(entry.getValue().waiter()))
          .map(
              entry ->
                  Duration.between(
                      entry.getValue().at(), Objects.requireNonNull(came.get(entry.getKey()))))
          .toList();
    }
  }
}
