package org.tidelock.bench.compare;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tidelock.bench.report.MarkdownTable;
import org.tidelock.bench.report.Samples;

/** A comparison as a page in Markdown. */
final class CompareReport {

  private final Comparison comparison;

  CompareReport(Comparison comparison) {
    this.comparison = comparison;
  }

  String toMarkdown() {
    StringBuilder page = new StringBuilder();
    page.append("# One modular squaring, side by side\n\n");
    page.append(comparison.environment().toMarkdown());
    comparison.libraries().forEach(library -> page.append("- ").append(library).append('\n'));
    page.append(
        """
        - %d rounds; in each, one sample of about %s ms of every row and size, all in one process

        Nanoseconds for one squaring. The three columns of ratios say how many times faster a row is \
        than GMP's `mpz_powm`, OpenSSL's `BN_mod_mul_montgomery` and `BigInteger.modPow` (exponents \
        2^1000), from the minimums. The spread is the distance of the quartiles by the median.
        """
            .formatted(comparison.rounds(), number(1, comparison.sampleMillis())));
    portBound(page);
    comparison.sizes().forEach(size -> page.append(section(size)));
    if (!comparison.leftOut().isEmpty()) {
      page.append("\nLeft out:\n\n");
      comparison.leftOut().forEach(line -> page.append("- ").append(line).append('\n'));
    }
    return page.toString();
  }

  private void portBound(StringBuilder page) {
    @Nullable Samples each = comparison.nanosPerMultiplyAdd();
    if (each != null) {
      page.append(
          """

          A 52-bit multiply-add (`vpmadd52luq`, `vpmadd52huq`, eight lanes) takes %s ns at best here \
          (median %s), measured in a loop of nothing else in the same rounds. Times the number a \
          kernel issues for a squaring, that is its port bound.
          """
              .formatted(number(4, each.min()), number(4, each.median())));
    }
  }

  private static String section(Comparison.Size size) {
    MarkdownTable table =
        new MarkdownTable(
            size.bits() + " bits",
            "min ns",
            "median ns",
            "spread",
            "times GMP",
            "times OpenSSL",
            "times BigInteger",
            "port bound ns",
            "over bound");
    for (Comparison.Row row : size.rows()) {
      Samples nanos = row.nanosPerSquaring();
      table.row(
          row.name(),
          nanos(nanos.min()),
          nanos(nanos.median()),
          number(1, nanos.spread() * 100) + "%",
          number(2, row.timesGmpPowm()),
          number(2, row.timesOpenssl()),
          number(2, row.timesBigInteger()),
          number(1, row.portBoundNanos()),
          number(3, row.overPortBound()));
    }
    return "\n" + table;
  }

  /** Three digits or more. */
  static String nanos(double value) {
    return number(value < 100 ? 1 : 0, value);
  }

  private static String number(int decimals, @Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
