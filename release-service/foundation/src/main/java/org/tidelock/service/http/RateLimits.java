package org.tidelock.service.http;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.service.db.Database;

/**
 * Counts what addresses, accounts and names do, in buckets that refill. The buckets lie in the
 * database, so that all nodes count together; they do not survive a crash of it, and need not.
 * Thread-safe.
 */
public final class RateLimits {

  private static final int IPV6_NETWORK_BYTES = 8;

  private final Database database;
  private final InstantSource clock;
  private final int factor;

  /**
   * Counts in {@code database}.
   *
   * @param factor by which every limit's burst and speed are multiplied; 1 is what {@link Limit}
   *     says
   */
  public RateLimits(Database database, InstantSource clock, int factor) {
    this.database = database;
    this.clock = clock;
    this.factor = factor;
  }

  /**
   * Counts one use.
   *
   * @throws Refusal if {@code subject} has used up what {@code limit} allows
   */
  public void count(Limit limit, String subject) {
    count(limit, subject, 1);
  }

  /**
   * Counts several uses at once: all or none.
   *
   * @throws Refusal if {@code limit} does not allow {@code subject} as many now
   */
  public void count(Limit limit, String subject, int uses) {
    if (!taken(limit, limit.name() + "/" + subject, uses)) {
      long seconds = Math.max(1, limit.refill().multipliedBy(uses).toSeconds() / factor);
      throw new Refusal(
          ProblemCode.TOO_MANY_REQUESTS,
          "too many requests; try again in %d s".formatted(seconds),
          seconds);
    }
  }

  /** Counts one use by the address that a connection comes from. */
  void count(Limit limit, SocketAddress remote) {
    count(limit, network(remote));
  }

  private boolean taken(Limit limit, String bucket, int uses) {
    double burst = (double) limit.burst() * factor;
    double tokensPerSecond = factor * 1000.0 / limit.refill().toMillis();
    return database.inOneStatement(
        transaction ->
            transaction.update(
                    """
                    INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
                    VALUES ($1, $2::float8 - $5::float8, $4)
                    ON CONFLICT (bucket) DO UPDATE
                    SET tokens = LEAST($2, r.tokens
                            + $3 * GREATEST(0, EXTRACT(EPOCH FROM $4 - r.updated_at)::float8)) - $5,
                        updated_at = $4
                    WHERE LEAST($2, r.tokens
                            + $3 * GREATEST(0, EXTRACT(EPOCH FROM $4 - r.updated_at)::float8)) >= $5
                    """,
                    bucket,
                    burst,
                    tokensPerSecond,
                    clock.instant(),
                    (double) uses)
                == 1);
  }

  /**
   * An IPv4 address, or the network of an IPv6 address, of which one host has as many as it likes.
   */
  private static String network(SocketAddress remote) {
    String host = remote.hostAddress();
    if (host == null) {
      return "local";
    }
    try {
      byte[] address = InetAddress.getByName(host).getAddress();
      int significant = Math.min(address.length, IPV6_NETWORK_BYTES);
      return HexFormat.of().formatHex(Arrays.copyOf(address, significant));
    } catch (UnknownHostException e) {
      return host;
    }
  }
}
