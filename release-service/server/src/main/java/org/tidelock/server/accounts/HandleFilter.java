package org.tidelock.server.accounts;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.suite.Hmac;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.server.accounts.HandleStore.Entry;
import org.tidelock.service.db.Database;

/**
 * A Bloom filter of the registered handles, in this node's memory: rebuilt at the start and kept in
 * step by the handle log. It can rule a handle out without asking the database, and does so only if
 * the log was applied within the last second; it never says that one is registered.
 *
 * <p>Elements are HMACs of handles under a key of their own, so that nobody who does not know it
 * can choose handles that collide. Deleted accounts stay in it until the next start; for them the
 * database is asked in vain. Thread-safe.
 */
final class HandleFilter {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int SMALLEST = 100_000;
  private static final double FALSE_POSITIVES = 0.01;
  private static final int BATCH = 10_000;

  private final Database database;
  private final HandleStore handles;
  private final SecretBytes key;
  private final InstantSource clock;
  private final AtomicInteger wanted = new AtomicInteger();
  private volatile State state;

  /**
   * What is known, and since when.
   *
   * @param position how far the log is applied
   * @param room how many handles the filter was made for
   * @param appliedAt when the log was read last
   */
  @SuppressWarnings("UnstableApiUsage")
  private record State(BloomFilter<byte[]> filter, long position, long room, Instant appliedAt) {}

  /** An empty filter, which rules nothing out. */
  HandleFilter(Database database, HandleStore handles, SecretBytes key, InstantSource clock) {
    this.database = database;
    this.handles = handles;
    this.key = key;
    this.clock = clock;
    this.state = new State(emptyFilter(SMALLEST), 0, 0, Instant.MIN);
  }

  /** Whether the handle has certainly no account. */
  boolean rulesOut(Bytes handleId) {
    State now = state;
    Instant time = clock.instant();
    boolean fresh = !now.appliedAt.isAfter(time) && now.appliedAt.plus(FRESH).compareTo(time) >= 0;
    return fresh && !now.filter.mightContain(element(handleId));
  }

  /**
   * Applies what the log has gained. Where another thread is at it, that one does so once more, and
   * nobody waits.
   */
  void catchUp() {
    if (wanted.getAndIncrement() > 0) {
      return;
    }
    try {
      int done;
      do {
        done = wanted.get();
        apply();
      } while (wanted.addAndGet(-done) > 0);
    } catch (RuntimeException e) {
      wanted.set(0);
      throw e;
    }
  }

  /** Makes a larger filter first, if this one is full. */
  private void apply() {
    if (state.position >= state.room) {
      rebuild();
    }
    while (true) {
      State before = state;
      Instant readAt = clock.instant();
      List<Entry> grown =
          database.inTransaction(transaction -> handles.after(transaction, before.position, BATCH));
      for (Entry entry : grown) {
        before.filter.put(element(entry.handleId()));
      }
      long position = grown.isEmpty() ? before.position : grown.getLast().position();
      if (grown.size() < BATCH) {
        state = new State(before.filter, position, before.room, readAt);
        return;
      }
      state = new State(before.filter, position, before.room, before.appliedAt);
    }
  }

  /** A filter of all accounts, with room for as many again. */
  private void rebuild() {
    long position = database.inTransaction(handles::size);
    long room = Math.max(SMALLEST, 2 * position);
    BloomFilter<byte[]> filter = emptyFilter(room);
    Bytes last = Bytes.of(new byte[0]);
    while (true) {
      Bytes after = last;
      List<Bytes> batch =
          database.inTransaction(transaction -> handles.registeredAfter(transaction, after, BATCH));
      batch.forEach(handleId -> filter.put(element(handleId)));
      if (batch.size() < BATCH) {
        // Read before the accounts were: what came meanwhile is in the log, and perhaps here too.
        state = new State(filter, position, room, Instant.MIN);
        return;
      }
      last = batch.getLast();
    }
  }

  private byte[] element(Bytes handleId) {
    return Hmac.of(key, handleId).toArray();
  }

  private static BloomFilter<byte[]> emptyFilter(long room) {
    return BloomFilter.create(Funnels.byteArrayFunnel(), room, FALSE_POSITIVES);
  }
}
