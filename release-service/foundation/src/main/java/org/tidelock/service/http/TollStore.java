package org.tidelock.service.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tidelock.service.db.Database;
import org.tidelock.service.db.Transaction;

/**
 * The tables {@code rate_limits} and {@code request_nonces}, which all nodes share. All that a
 * request uses up is taken by one statement, in order: what stands behind something that is not to
 * be had is not taken. Thread-safe.
 *
 * <p>The statement's commit is not waited for until it is on disk. Limits do not survive a crash of
 * the database, and need not. Nonces do as far as it matters: where a crash lost one, it lost what
 * its request did in the database too, and the request may come again.
 */
final class TollStore {

  private final Database database;
  private final int factor;
  private final Map<List<Class<?>>, String> statements = new ConcurrentHashMap<>();

  /**
   * Takes from {@code database}.
   *
   * @param factor by which every limit's burst and speed are multiplied
   */
  TollStore(Database database, int factor) {
    this.database = database;
    this.factor = factor;
  }

  /**
   * Takes all of it, or as much as comes before the first that is not to be had.
   *
   * @return the first that is not to be had
   */
  Optional<Toll> take(List<Toll> tolls, Instant now) {
    List<Class<?>> kinds = tolls.stream().<Class<?>>map(Toll::getClass).toList();
    String sql = statements.computeIfAbsent(kinds, TollStore::statement);
    List<@Nullable Object> parameters = new ArrayList<>();
    for (Toll toll : tolls) {
      switch (toll) {
        case Toll.Counted counted -> {
          parameters.add(counted.bucket());
          parameters.add((double) counted.limit().burst() * factor);
          parameters.add(factor * 1000.0 / counted.limit().refill().toMillis());
          parameters.add((double) counted.uses());
          parameters.add(now);
        }
        case Toll.Nonce nonce -> {
          parameters.add(nonce.key());
          parameters.add(nonce.nonce());
          parameters.add(nonce.expiresAt());
        }
      }
    }
    int taken =
        database
            .inOneBriefStatement(
                transaction ->
                    transaction.one(sql, row -> row.getInteger("taken"), parameters.toArray()))
            .orElseThrow();
    return taken == tolls.size() ? Optional.empty() : Optional.of(tolls.get(taken));
  }

  private static String statement(List<Class<?>> kinds) {
    StringBuilder sql = new StringBuilder("WITH taken0 AS (SELECT 1 AS one)");
    int parameter = 1;
    for (int i = 1; i <= kinds.size(); i++) {
      boolean isCounted = kinds.get(i - 1) == Toll.Counted.class;
      String part = isCounted ? counted(i, parameter) : nonce(i, parameter);
      sql.append(", taken").append(i).append(" AS (").append(part).append(")");
      parameter += isCounted ? 5 : 3;
    }
    return sql + " SELECT " + countOf(kinds.size()) + " AS taken";
  }

  private static String countOf(int tolls) {
    return IntStream.rangeClosed(1, tolls)
        .mapToObj("(SELECT count(*) FROM taken%d)::int"::formatted)
        .collect(Collectors.joining(" + "));
  }

  /** A bucket that refills: at least as many as are used up have to be in it. */
  private static String counted(int number, int first) {
    return """
    INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
    SELECT {bucket}::text, {burst}::float8 - {uses}::float8, {now}::timestamptz FROM {before}
    ON CONFLICT (bucket) DO UPDATE
    SET tokens = LEAST({burst}, r.tokens + {perSecond}::float8
            * GREATEST(0, EXTRACT(EPOCH FROM {now} - r.updated_at)::float8)) - {uses},
        updated_at = {now}
    WHERE LEAST({burst}, r.tokens + {perSecond}
            * GREATEST(0, EXTRACT(EPOCH FROM {now} - r.updated_at)::float8)) >= {uses}
    RETURNING 1"""
        .replace("{bucket}", "$" + first)
        .replace("{burst}", "$" + (first + 1))
        .replace("{perSecond}", "$" + (first + 2))
        .replace("{uses}", "$" + (first + 3))
        .replace("{now}", "$" + (first + 4))
        .replace("{before}", "taken" + (number - 1));
  }

  private static String nonce(int number, int first) {
    return """
    INSERT INTO request_nonces (signer, nonce, expires_at)
    SELECT $%d::bytea, $%d::bytea, $%d::timestamptz
    FROM taken%d CROSS JOIN %s
    ON CONFLICT DO NOTHING
    RETURNING 1"""
        .formatted(first, first + 1, first + 2, number - 1, Transaction.WITHOUT_WAITING);
  }
}
