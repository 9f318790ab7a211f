package org.tidelock.service.db;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What committed transactions have to tell other nodes, by NOTIFY in statements of its own: inside
 * a transaction it would make all commits that notify wait for one another, each for the other's
 * write to the disk. One statement tells all that came up while the one before was under way. What
 * a node cannot tell any more, others find when they look by themselves. Thread-safe.
 */
final class Notifications {

  private static final Logger log = LoggerFactory.getLogger(Notifications.class);

  /** A notification. */
  record Note(String channel, String payload) {}

  private final Pool pool;
  private Set<Note> waiting = new LinkedHashSet<>();
  private boolean underWay;

  Notifications(Pool pool) {
    this.pool = pool;
  }

  /** Tells what a transaction had to tell, soon. Does not wait. */
  void tell(List<Note> notes) {
    if (notes.isEmpty()) {
      return;
    }
    synchronized (this) {
      waiting.addAll(notes);
      if (underWay) {
        return;
      }
      underWay = true;
    }
    next();
  }

  private void next() {
    List<Note> notes;
    synchronized (this) {
      if (waiting.isEmpty()) {
        underWay = false;
        return;
      }
      notes = new ArrayList<>(waiting);
      waiting = new LinkedHashSet<>();
    }
    pool.preparedQuery(
            """
            SELECT pg_notify(channel, payload)
            FROM unnest($1::text[], $2::text[]) AS note (channel, payload) CROSS JOIN
            """
                + Transaction.WITHOUT_WAITING)
        .execute(
            Tuple.tuple()
                .addArrayOfString(notes.stream().map(Note::channel).toArray(String[]::new))
                .addArrayOfString(notes.stream().map(Note::payload).toArray(String[]::new)))
        .onFailure(e -> log.warn("{} notifications were not told: {}", notes.size(), e.toString()))
        .onComplete(told -> next());
  }
}
