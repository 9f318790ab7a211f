package org.tidelock.service.db;

import static io.vertx.core.Future.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.pubsub.PgChannel;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the nodes on one database tell one another, by PostgreSQL's LISTEN and NOTIFY on one
 * connection of its own. A message can be lost while that connection is down: whoever listens is
 * told so when it is up again, and must be right without any message, only later. Thread-safe.
 */
public final class Wakeups {

  private static final Logger log = LoggerFactory.getLogger(Wakeups.class);

  private static final long RECONNECT_MILLIS = 500;

  private final PgSubscriber subscriber;
  private final Map<String, Source> sources = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Connects when the first listener comes. */
  public Wakeups(Vertx vertx, DatabaseAddress address) {
    this.subscriber =
        PgSubscriber.subscriber(vertx, address.options())
            .reconnectPolicy(attempt -> RECONNECT_MILLIS);
  }

  /**
   * Listens. Called on a virtual thread of Vert.x; what is heard is handled there too, one message
   * after another, and one that waits already is not queued twice.
   *
   * @param missed called when messages may have been lost
   */
  public void listen(String channel, Consumer<String> heard, Runnable missed) {
    Context context = Objects.requireNonNull(Vertx.currentContext());
    Source source = sources.computeIfAbsent(channel, this::open);
    source.inboxes.add(new Inbox(channel, context, heard, missed));
    if (subscriber.actualConnection() == null) {
      await(subscriber.connect());
    }
    await(Future.fromCompletionStage(source.listening, context));
  }

  private Source open(String channel) {
    Source source = new Source();
    PgChannel subscribed = subscriber.channel(channel);
    subscribed.subscribeHandler(none -> source.listens());
    subscribed.handler(source::heard);
    return source;
  }

  /** Hears no more. */
  public void close() {
    closed = true;
    if (subscriber.actualConnection() != null) {
      subscriber.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** A channel, and all who listen to it here: PostgreSQL is asked once. */
  private static final class Source {
    private final List<Inbox> inboxes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> listening = new CompletableFuture<>();

    void heard(String message) {
      inboxes.forEach(inbox -> inbox.add(message));
    }

    /** Again, after the connection was down, when it is not for the first time. */
    void listens() {
      if (!listening.complete(null)) {
        inboxes.forEach(inbox -> inbox.context.runOnContext(again -> inbox.missed.run()));
      }
    }
  }

  private final class Inbox {
    private final String channel;
    private final Context context;
    private final Consumer<String> heard;
    private final Runnable missed;
    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean draining;

    Inbox(String channel, Context context, Consumer<String> heard, Runnable missed) {
      this.channel = channel;
      this.context = context;
      this.heard = heard;
      this.missed = missed;
    }

    synchronized void add(String message) {
      waiting.add(message);
      if (!draining) {
        draining = true;
        context.runOnContext(none -> drain());
      }
    }

    private void drain() {
      for (String message = next(); !message.isEmpty(); message = next()) {
        try {
          heard.accept(message);
        } catch (Exception e) { // Vert.x throws the interruption of a closing node undeclared.
          if (!closed) {
            log.warn("a message on {} was not handled", channel, e);
          }
        }
      }
    }

    /** The oldest message, or nothing, after which {@link #add} begins anew. */
    private synchronized String next() {
      if (waiting.isEmpty()) {
        draining = false;
        return "";
      }
      String oldest = waiting.iterator().next();
      waiting.remove(oldest);
      return oldest;
    }
  }
}
