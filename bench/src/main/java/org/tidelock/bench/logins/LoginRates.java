package org.tidelock.bench.logins;

import java.util.List;
import org.tidelock.bench.parts.CallRate;
import org.tidelock.bench.parts.PartRate;
import org.tidelock.bench.report.Environment;

/**
 * How many logins a service takes; written as JSON as it stands, so field names are a format.
 *
 * @param environment where
 * @param callers how many called at once
 * @param connections over how many connections
 * @param warmUpSeconds how long each call was done before anything was measured
 * @param rounds samples of each row, all rows in turn
 * @param secondsEach length of a sample
 * @param rows the calls
 * @param parts what they consist of
 */
record LoginRates(
    Environment environment,
    int callers,
    int connections,
    int warmUpSeconds,
    int rounds,
    double secondsEach,
    List<CallRate> rows,
    List<PartRate> parts) {

  String toMarkdown() {
    return """
    # Logins

    %s- %d callers over %d connections, each doing one call after another; %d rounds of %.1f s a row, all rows in turn
    - each call was done for %d s before anything was measured
    - server, database, client library and load share the CPUs; PostgreSQL syncs each commit

    %s
    A login is both of its requests, with the password's key derived beforehand. The bound is 1 / (signatures to
    check + statements + empty requests), each of these as long as it takes alone on all CPUs, below. pgbench has 16
    clients whatever the callers are: PostgreSQL does less with many more of them.

    %s"""
        .formatted(
            environment.toMarkdown(),
            callers,
            connections,
            rounds,
            secondsEach,
            warmUpSeconds,
            CallRate.table(rows),
            PartRate.table(parts));
  }
}
