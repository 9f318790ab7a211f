package org.tidelock.service.http;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.service.db.Database;

/**
 * Counts what addresses, accounts and names do, in buckets that refill, and takes each nonce once.
 * All nodes count together, in the database. Thread-safe.
 */
public final class RateLimits {

  private static final int IPV6_NETWORK_BYTES = 8;

  /** Beyond this many, what is known is forgotten, and the database asked again. */
  private static final int MAX_KNOWN_EXHAUSTED = 10_000;

  private final TollStore tolls;
  private final InstantSource clock;
  private final int factor;
  private final Map<String, Instant> exhausted = new ConcurrentHashMap<>();

  /**
   * Counts in {@code database}.
   *
   * @param factor by which every limit's burst and speed are multiplied; 1 is what {@link Limit}
   *     says
   */
  public RateLimits(Database database, InstantSource clock, int factor) {
    this.tolls = new TollStore(database, factor);
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
    take(List.of(new Toll.Counted(limit, subject, uses)));
  }

  /** One use by the address that a connection comes from. */
  static Toll.Counted by(SocketAddress remote, Limit limit) {
    return new Toll.Counted(limit, network(remote), 1);
  }

  /**
   * Refuses who is known to have used up a limit, without asking the database: as long as was said
   * when it was refused.
   */
  void requireNotExhausted(Toll.Counted use) {
    Instant until = exhausted.get(use.bucket());
    if (until != null) {
      if (clock.instant().isBefore(until)) {
        throw exceeded(use);
      }
      exhausted.remove(use.bucket(), until);
    }
  }

  /**
   * Uses all of it up.
   *
   * @throws Refusal for the first that is not to be had; those behind it are not used up
   */
  void take(List<Toll> all) {
    Instant now = clock.instant();
    tolls
        .take(all, now)
        .ifPresent(
            missing -> {
              throw switch (missing) {
                case Toll.Nonce replayed -> new Refusal(ProblemCode.REPLAYED);
                case Toll.Counted use -> {
                  note(use, now);
                  yield exceeded(use);
                }
              };
            });
  }

  private void note(Toll.Counted use, Instant now) {
    if (use.uses() == 1) {
      if (exhausted.size() >= MAX_KNOWN_EXHAUSTED) {
        exhausted.clear();
      }
      exhausted.put(use.bucket(), now.plus(use.limit().refill().dividedBy(factor)));
    }
  }

  private Refusal exceeded(Toll.Counted use) {
    long seconds = Math.max(1, use.limit().refill().multipliedBy(use.uses()).toSeconds() / factor);
    return new Refusal(
        ProblemCode.TOO_MANY_REQUESTS,
        "too many requests; try again in %d s".formatted(seconds),
        seconds);
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
