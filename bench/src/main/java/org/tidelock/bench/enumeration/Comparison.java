package org.tidelock.bench.enumeration;

import java.util.List;
import java.util.Locale;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.MarkdownTable;
import org.tidelock.bench.report.Samples;

/**
 * How long answers about known and unknown names took; written as JSON as it stands, so field names
 * are a format.
 *
 * @param environment where
 * @param calls of each kind for each sort of name
 * @param rows one for each kind
 */
record Comparison(Environment environment, int calls, List<Row> rows) {

  /** A difference is called one below this, for all rows together. */
  static final double SIGNIFICANCE = 0.01;

  /**
   * One kind of call.
   *
   * @param sameAnswers whether all answers had one status and one set of fields of the same lengths
   */
  record Row(
      String name,
      Samples knownMicros,
      Samples unknownMicros,
      double superiority,
      double p,
      boolean sameAnswers) {}

  /** Whether nothing could be told. */
  boolean indistinguishable() {
    return rows.stream().allMatch(row -> row.sameAnswers() && row.p() >= threshold());
  }

  private double threshold() {
    return SIGNIFICANCE / rows.size();
  }

  String toMarkdown() {
    MarkdownTable table =
        new MarkdownTable(
            "call", "known: median us", "unknown: median us", "known slower", "p", "same answers");
    for (Row row : rows) {
      table.row(
          row.name(),
          number(row.knownMicros().median(), 0),
          number(row.unknownMicros().median(), 0),
          number(row.superiority() * 100, 1) + "%",
          number(row.p(), 3),
          row.sameAnswers() ? "yes" : "NO");
    }
    return """
    # Known and unknown names

    %s- %d calls of each kind about names that exist and as many about names that do not, in turn, one at a time

    %s
    "Known slower" is how often a call about a known name took longer than one about an unknown name: 50%% where
    nothing can be told. p is the probability of such a difference by chance (Mann-Whitney); below %s it is
    called a difference.

    **%s**
    """
        .formatted(
            environment.toMarkdown(),
            calls,
            table,
            number(threshold(), 4),
            indistinguishable()
                ? "No difference was found, in answers or in time."
                : "There is a difference.");
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
