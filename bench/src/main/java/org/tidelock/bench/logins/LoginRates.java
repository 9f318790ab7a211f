package org.tidelock.bench.logins;

import java.util.List;
import java.util.Locale;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.MarkdownTable;
import org.tidelock.bench.report.Samples;

/**
 * How many logins a service takes; written as JSON as it stands, so field names are a format.
 *
 * @param environment where
 * @param callers how many called at once
 * @param connections over how many connections
 * @param rounds samples of each row, all rows in turn
 * @param secondsEach length of a sample
 * @param rows the calls
 * @param parts what they consist of
 */
record LoginRates(
    Environment environment,
    int callers,
    int connections,
    int rounds,
    double secondsEach,
    List<Row> rows,
    List<Part> parts) {

  /**
   * A call that was measured whole.
   *
   * @param perSecond of it
   * @param boundPerSecond 1 / (its signatures checked + its SQL + empty requests), from medians
   * @param ofBound the median of the first by the second
   */
  record Row(String name, Samples perSecond, double boundPerSecond, double ofBound) {}

  /** A part measured alone. */
  record Part(String name, Samples perSecond) {}

  String toMarkdown() {
    MarkdownTable whole =
        new MarkdownTable("call", "median a second", "max", "spread", "bound", "of the bound");
    for (Row row : rows) {
      whole.row(
          row.name(),
          number(row.perSecond().median()),
          number(row.perSecond().max()),
          percent(row.perSecond().spread()),
          number(row.boundPerSecond()),
          percent(row.ofBound()));
    }
    MarkdownTable alone = new MarkdownTable("part", "median a second", "max", "spread");
    for (Part part : parts) {
      alone.row(
          part.name(),
          number(part.perSecond().median()),
          number(part.perSecond().max()),
          percent(part.perSecond().spread()));
    }
    return """
    # Logins

    %s- %d callers over %d connections, each doing one call after another; %d rounds of %.1f s a row, all rows in turn
    - server, database, client library and load share the CPUs; PostgreSQL syncs each commit

    %s
    A login is both of its requests, with the password's key derived beforehand. The bound is 1 / (signatures to
    check + statements + empty requests), each of these as long as it takes alone on all CPUs, below:

    %s"""
        .formatted(
            environment.toMarkdown(), callers, connections, rounds, secondsEach, whole, alone);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f%%", value * 100);
  }
}
