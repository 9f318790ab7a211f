package org.tidelock.bench.puzzles;

import java.util.List;
import java.util.Locale;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.MarkdownTable;
import org.tidelock.bench.report.Samples;

/**
 * How fast puzzles are made; written as JSON as it stands, so field names are a format.
 *
 * @param environment where
 * @param libraries versions of the peers
 * @param bits length of the modulus
 * @param rounds samples of each row
 * @param rows the results
 */
record PuzzleRates(
    Environment environment, List<String> libraries, int bits, int rounds, List<Row> rows) {

  /**
   * One way of making a puzzle, or of its two powers alone.
   *
   * @param name what was done
   * @param squarings T; 0 where it plays no part
   * @param lock how long that takes on the fastest CPU known; empty where it plays no part
   * @param millis for one
   * @param perSecond at the median
   */
  record Row(String name, long squarings, String lock, Samples millis, double perSecond) {}

  String toMarkdown() {
    MarkdownTable table =
        new MarkdownTable(
            "one core", "locked for", "T", "min ms", "median ms", "spread", "a second");
    for (Row row : rows) {
      table.row(
          row.name(),
          row.lock(),
          row.squarings() == 0 ? "" : String.format(Locale.ROOT, "%.1e", (double) row.squarings()),
          number(row.millis().min(), 3),
          number(row.millis().median(), 3),
          number(row.millis().spread() * 100, 1) + "%",
          number(row.perSecond(), 0));
    }
    StringBuilder page = new StringBuilder("# Making puzzles\n\n").append(environment.toMarkdown());
    libraries.forEach(library -> page.append("- ").append(library).append('\n'));
    page.append(
        """
        - modulus of %d bits, made before and shared by all puzzles; %d rounds, all rows in turn

        A puzzle made is one made whole: random base, the trapdoor's two powers and their check, \
        encryption. The rows below them are the two powers alone: modulo primes of half the length \
        with exponents as long, and the same with the 64 bits more that the check needs.

        %s"""
            .formatted(bits, rounds, table));
    return page.toString();
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
