package org.tidelock.bench.messages;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tidelock.bench.report.Latency;
import org.tidelock.bench.service.ClosedLoop;
import org.tidelock.bench.service.User;

/**
 * How long it takes a client to fetch the hundred oldest items of its queue, and a page of the
 * hundred newest messages with their envelopes, in turn. Nothing is acknowledged.
 */
final class InboxFetch {

  private static final int PAGE = 100;

  private final List<Correspondent> fetchers;
  private final List<Correspondent> senders;

  /** Some of the recipients of the load fetch; there must be as many senders at least. */
  InboxFetch(List<Correspondent> fetchers, List<Correspondent> senders) {
    this.fetchers = fetchers;
    this.senders = senders;
  }

  /** How long a fetch took. */
  record Fetched(Latency queue, Latency messages) {}

  /** Sends until every page that is to be fetched is full. */
  void fill() throws IOException {
    new ClosedLoop(fetchers.size())
        .once(
            fetcher -> {
              Correspondent reader = fetchers.get(fetcher);
              while (queue(reader) < PAGE || messages(reader) < PAGE) {
                senders.get(fetcher).send(reader, Instant.now().plus(SendLoad.LOCKED));
              }
            });
  }

  /** Fetches for this long, one fetch after another for each who does. */
  Fetched measure(Duration duration) throws IOException {
    List<Duration> queues = Collections.synchronizedList(new ArrayList<>());
    List<Duration> messages = Collections.synchronizedList(new ArrayList<>());
    new ClosedLoop(fetchers.size())
        .perSecond(
            duration,
            fetcher -> {
              queues.add(timed(() -> queue(fetchers.get(fetcher))));
              messages.add(timed(() -> messages(fetchers.get(fetcher))));
            });
    return new Fetched(Latency.of(queues), Latency.of(messages));
  }

  private interface Fetch {
    int items() throws IOException;
  }

  private static Duration timed(Fetch fetch) throws IOException {
    long begun = System.nanoTime();
    int items = fetch.items();
    long ended = System.nanoTime();
    if (items != PAGE) {
      throw new IOException("a page had %d items; %d are to be fetched".formatted(items, PAGE));
    }
    return Duration.ofNanos(ended - begun);
  }

  private static int queue(Correspondent reader) throws IOException {
    return User.requireGranted(reader.inbox().next(Duration.ZERO)).size();
  }

  private static int messages(Correspondent reader) throws IOException {
    return User.requireGranted(reader.inbox().received(Optional.empty())).messages().size();
  }
}
