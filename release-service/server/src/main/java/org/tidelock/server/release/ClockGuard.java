package org.tidelock.server.release;

import static org.tidelock.service.db.Transaction.instant;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Row;
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

  /**
   * Reads both clocks.
   *
   * @return the earlier of the two times, if nothing is wrong with either: by it, and not by
   *     another look at a clock that may have been set since, it is decided what is due. Empty if
   *     releases are stopped
   */
  Optional<Instant> checkedTime() {
    Verdict verdict = database.inTransaction(this::check);
    boolean isStopped = verdict instanceof Verdict.Stopped;
    boolean wasStopped = stopped.getAndSet(isStopped ? 1 : 0) == 1;
    return switch (verdict) {
      case Verdict.Right(Instant time) -> Optional.of(time);
      case Verdict.Stopped(String reason) -> {
        if (!wasStopped) {
          log.error("releases are stopped until an operator confirms the clocks: {}", reason);
        }
        yield Optional.empty();
      }
    };
  }

  /** Why releases are stopped; empty if they are not. */
  public Optional<String> reason() {
    return database.inTransaction(ClockGuard::stop);
  }

  /**
   * The operator's word that the clocks are right now, also if the last release shows a later time.
   */
  public void confirm() {
    database.inTransaction(
        transaction -> {
          transaction.update(
              """
              INSERT INTO release_confirmation (last_release)
              SELECT max(released_at) FROM messages HAVING max(released_at) IS NOT NULL
              ON CONFLICT (only_row) DO UPDATE SET last_release = excluded.last_release
              """);
          transaction.update("DELETE FROM release_clocks");
          return transaction.update("DELETE FROM release_stops");
        });
    log.warn("an operator confirmed the clocks; releases go on");
  }

  private sealed interface Verdict {

    record Right(Instant earlier) implements Verdict {}

    record Stopped(String reason) implements Verdict {}
  }

  private Verdict check(Transaction transaction) {
    Optional<String> known = stop(transaction);
    if (known.isPresent()) {
      return new Verdict.Stopped(known.get());
    }
    ClockReading node = read("node on " + host, uptime, clock);
    ClockReading other =
        read("the database, seen from " + host, machine, () -> databaseClock(transaction));
    Optional<String> fault =
        compare(transaction, node)
            .or(() -> compare(transaction, other))
            .or(() -> behindLastRelease(transaction, node.at()));
    if (fault.isPresent()) {
      stop(transaction, fault.get(), node.at());
      return new Verdict.Stopped(fault.get());
    }
    return new Verdict.Right(node.at().isBefore(other.at()) ? node.at() : other.at());
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

  /** Holds a reading against those before, and keeps it if nothing is wrong with it. */
  private static Optional<String> compare(Transaction transaction, ClockReading reading) {
    Optional<Readings> before =
        transaction.one(
            "SELECT * FROM release_clocks WHERE clock = $1",
            row -> Readings.of(reading.clock(), row),
            reading.clock());
    Optional<String> fault =
        before.flatMap(
            known -> reading.faultAfter(known.last).or(() -> reading.faultAfter(known.first)));
    if (fault.isEmpty()) {
      ClockReading first =
          before
              .map(Readings::first)
              .filter(known -> known.bootId().equals(reading.bootId()))
              .orElse(reading);
      transaction.update(
          """
          INSERT INTO release_clocks
            (clock, boot_id, since_boot_millis, read_at, first_since_boot_millis, first_read_at)
          VALUES ($1, $2, $3, $4, $5, $6)
          ON CONFLICT (clock) DO UPDATE
          SET boot_id = $2, since_boot_millis = $3, read_at = $4, first_since_boot_millis = $5,
            first_read_at = $6
          """,
          reading.clock(),
          reading.bootId(),
          reading.sinceBoot().toMillis(),
          reading.at(),
          first.sinceBoot().toMillis(),
          first.at());
    }
    return fault;
  }

  /** The first reading of a clock since the boot, or since a confirmation, and the last. */
  private record Readings(ClockReading first, ClockReading last) {

    static Readings of(String clock, Row row) {
      return new Readings(
          reading(clock, row, "first_since_boot_millis", "first_read_at"),
          reading(clock, row, "since_boot_millis", "read_at"));
    }

    private static ClockReading reading(String clock, Row row, String sinceBoot, String at) {
      return new ClockReading(
          clock,
          row.getString("boot_id"),
          Duration.ofMillis(row.getLong(sinceBoot)),
          instant(row, at));
    }
  }

  private static Optional<String> behindLastRelease(Transaction transaction, Instant now) {
    return transaction
        .one(
            """
            SELECT released_at FROM messages
            WHERE released_at IS NOT NULL AND released_at > coalesce(
              (SELECT last_release FROM release_confirmation), '-infinity')
            ORDER BY released_at DESC LIMIT 1
            """,
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
