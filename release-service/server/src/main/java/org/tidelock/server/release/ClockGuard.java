package org.tidelock.server.release;

import static org.tidelock.service.db.Transaction.instant;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Transaction;

/**
 * Stops all releases of all nodes when a clock that they depend on, this node's or the database's,
 * was set by more than five seconds, or shows a time before the last release. Only an operator's
 * confirmation starts them again: whoever sets a clock forward would else open every message.
 *
 * <p>A clock that is set while its machine is down, and forward, cannot be told from one that was
 * right.
 */
public final class ClockGuard {

  private static final Logger log = LoggerFactory.getLogger(ClockGuard.class);

  private static final Duration SIMULTANEOUS = Duration.ofSeconds(1);

  private final Database database;
  private final InstantSource clock;
  private final Uptime uptime;
  private final Uptime machine = Uptime.ofThisMachine();
  private final String host = host();
  private final AtomicInteger stopped;

  /**
   * Watches.
   *
   * @param clock this node's
   * @param uptime what {@code clock} is compared with
   */
  public ClockGuard(Database database, InstantSource clock, Uptime uptime, MeterRegistry metrics) {
    this.database = database;
    this.clock = clock;
    this.uptime = uptime;
    this.stopped = metrics.gauge("tidelock.releases.stopped", new AtomicInteger());
  }

  /** Reads both clocks; true if releases may go on. */
  boolean allows() {
    Optional<String> reason = database.inTransaction(this::check);
    boolean before = stopped.getAndSet(reason.isPresent() ? 1 : 0) == 1;
    if (reason.isPresent() && !before) {
      log.error("releases are stopped until an operator confirms the clocks: {}", reason.get());
    }
    return reason.isEmpty();
  }

  /** Why releases are stopped; empty if they are not. */
  public Optional<String> reason() {
    return database.inTransaction(ClockGuard::stop);
  }

  /** The operator's word that the clocks are right now. */
  public void confirm() {
    database.inTransaction(
        transaction -> {
          transaction.update("DELETE FROM release_clocks");
          return transaction.update("DELETE FROM release_stops");
        });
    log.warn("an operator confirmed the clocks; releases go on");
  }

  private Optional<String> check(Transaction transaction) {
    Optional<String> known = stop(transaction);
    if (known.isPresent()) {
      return known;
    }
    ClockReading node = read("node on " + host, uptime, clock);
    Optional<String> fault =
        compare(transaction, node)
            .or(
                () ->
                    compare(
                        transaction,
                        read(
                            "the database, seen from " + host,
                            machine,
                            () -> databaseClock(transaction))))
            .or(() -> behindLastRelease(transaction, node.at()));
    fault.ifPresent(reason -> stop(transaction, reason, node.at()));
    return fault;
  }

  /** Reads a clock and the uptime at one time: again, if the machine paused in between. */
  private static ClockReading read(String name, Uptime uptime, InstantSource clock) {
    while (true) {
      Duration before = uptime.sinceBoot();
      Instant at = clock.instant();
      Duration after = uptime.sinceBoot();
      if (after.minus(before).compareTo(SIMULTANEOUS) < 0) {
        return new ClockReading(name, uptime.bootId(), after, at);
      }
    }
  }

  private static Instant databaseClock(Transaction transaction) {
    return transaction
        .one("SELECT clock_timestamp() AS at", row -> instant(row, "at"))
        .orElseThrow();
  }

  private static Optional<String> compare(Transaction transaction, ClockReading reading) {
    Optional<ClockReading> before =
        transaction.one(
            "SELECT * FROM release_clocks WHERE clock = $1",
            row ->
                new ClockReading(
                    reading.clock(),
                    row.getString("boot_id"),
                    Duration.ofMillis(row.getLong("since_boot_millis")),
                    instant(row, "read_at")),
            reading.clock());
    Optional<String> fault = before.flatMap(reading::faultAfter);
    if (fault.isEmpty()) {
      transaction.update(
          """
          INSERT INTO release_clocks (clock, boot_id, since_boot_millis, read_at)
          VALUES ($1, $2, $3, $4)
          ON CONFLICT (clock) DO UPDATE
          SET boot_id = $2, since_boot_millis = $3, read_at = $4
          """,
          reading.clock(),
          reading.bootId(),
          reading.sinceBoot().toMillis(),
          reading.at());
    }
    return fault;
  }

  private static Optional<String> behindLastRelease(Transaction transaction, Instant now) {
    return transaction
        .one(
            "SELECT released_at FROM messages WHERE released_at IS NOT NULL"
                + " ORDER BY released_at DESC LIMIT 1",
            row -> instant(row, "released_at"))
        .filter(last -> now.isBefore(last.minus(ClockReading.TOLERANCE)))
        .map(
            last ->
                "the node's clock shows %s, and the last release was at %s".formatted(now, last));
  }

  private static Optional<String> stop(Transaction transaction) {
    return transaction.one("SELECT reason FROM release_stops", row -> row.getString("reason"));
  }

  private static void stop(Transaction transaction, String reason, Instant now) {
    transaction.update(
        """
        INSERT INTO release_stops (reason, stopped_at) VALUES ($1, $2) ON CONFLICT DO NOTHING
        """,
        reason,
        now);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
