package org.tidelock.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import org.tidelock.bench.report.Svg;

/**
 * A comparison as a picture: a panel for each modulus length, a bar for each contender, nanoseconds
 * a squaring on one logarithmic scale for all.
 */
final class ComparePlot {

  private static final double WIDTH = 1200;
  private static final double MARGIN = 24;
  private static final double HEAD = 84;
  private static final double FOOT = 44;
  private static final double LABELS = 250;
  private static final double FIGURES = 92;
  private static final double ROW = 21;
  private static final double BAR = 14;
  private static final double PANEL_HEAD = 34;
  private static final double PANEL_FOOT = 36;
  private static final int COLUMNS = 2;

  private static final String INK = "#1b1f24";
  private static final String FAINT = "#6a737d";
  private static final String GRID = "#e3e7eb";
  private static final String BOUND = "#c2410c";

  private final Comparison comparison;
  private final double panelWidth = (WIDTH - 2 * MARGIN) / COLUMNS;
  private final double panelHeight;
  private final double low;
  private final double high;

  ComparePlot(Comparison comparison) {
    this.comparison = comparison;
    int rows = comparison.sizes().stream().mapToInt(size -> size.rows().size()).max().orElse(0);
    this.panelHeight = PANEL_HEAD + rows * ROW + PANEL_FOOT;
    this.low = Math.floor(Math.log10(extreme(false)) * 2) / 2;
    this.high = Math.max(low + 1, Math.ceil(Math.log10(extreme(true)) * 2) / 2);
  }

  String toSvg() {
    List<Comparison.Size> sizes = comparison.sizes();
    int panelRows = (sizes.size() + COLUMNS - 1) / COLUMNS;
    Svg svg = new Svg(WIDTH, HEAD + panelRows * panelHeight + FOOT);
    svg.text(MARGIN, 34, 20, Svg.Anchor.START, INK, "One modular squaring, nanoseconds");
    svg.text(MARGIN, 56, 13, Svg.Anchor.START, FAINT, subtitle());
    legend(svg);
    for (int i = 0; i < sizes.size(); i++) {
      int column = i % COLUMNS;
      int row = i / COLUMNS;
      panel(svg, MARGIN + column * panelWidth, HEAD + row * panelHeight, sizes.get(i));
    }
    svg.text(
        MARGIN,
        HEAD + panelRows * panelHeight + 20,
        12,
        Svg.Anchor.START,
        FAINT,
        "Minimum of %,d interleaved samples in one pinned process, logarithmic scale. In brackets: times faster than GMP mpz_powm."
            .formatted(comparison.rounds()));
    return svg.toString();
  }

  private String subtitle() {
    return "%s, %s".formatted(comparison.environment().cpu(), comparison.environment().jdk());
  }

  private void legend(Svg svg) {
    double x = WIDTH - MARGIN - 470;
    for (Contender.Family family : Contender.Family.values()) {
      svg.rectangle(x, 23, 12, 12, color(family));
      svg.text(x + 17, 34, 13, Svg.Anchor.START, INK, title(family));
      x += 85;
    }
    svg.line(x + 6, 20, x + 6, 38, BOUND, true);
    svg.text(x + 17, 34, 13, Svg.Anchor.START, INK, "port bound (IFMA)");
  }

  private void panel(Svg svg, double left, double top, Comparison.Size size) {
    double bottom = top + PANEL_HEAD + size.rows().size() * ROW;
    svg.text(left, top + 22, 15, Svg.Anchor.START, INK, size.bits() + " bits");
    for (double tick = Math.ceil(low); tick <= high; tick++) {
      double x = position(left, Math.pow(10, tick));
      svg.line(x, top + PANEL_HEAD - 4, x, bottom + 4, GRID, false);
      String label = String.format(Locale.ROOT, "%,.0f", Math.pow(10, tick));
      svg.text(x, bottom + 18, 11, Svg.Anchor.MIDDLE, FAINT, label);
    }
    double y = top + PANEL_HEAD;
    for (Comparison.Row row : size.rows()) {
      bar(svg, left, y, row);
      y += ROW;
    }
    portBound(size)
        .ifPresent(
            nanos -> {
              double x = position(left, nanos);
              svg.line(x, top + PANEL_HEAD - 6, x, bottom + 4, BOUND, true);
            });
  }

  private void bar(Svg svg, double left, double top, Comparison.Row row) {
    double nanos = row.nanosPerSquaring().min();
    double begin = left + LABELS;
    double end = position(left, nanos);
    double baseline = top + BAR - 2.5;
    svg.text(begin - 8, baseline, 12, Svg.Anchor.END, INK, row.name());
    svg.rectangle(begin, top, end - begin, BAR, color(row.family()));
    String figure = CompareReport.nanos(nanos);
    Double ratio = row.timesGmpPowm();
    if (ratio != null) {
      figure += String.format(Locale.ROOT, ratio < 0.95 ? " (%.2f)" : " (%.1f)", ratio);
    }
    svg.text(end + 5, baseline, 12, Svg.Anchor.START, INK, figure);
  }

  private double position(double left, double nanos) {
    double width = panelWidth - LABELS - FIGURES;
    return left + LABELS + width * (Math.log10(nanos) - low) / (high - low);
  }

  private double extreme(boolean largest) {
    var nanos =
        comparison.sizes().stream()
            .flatMap(size -> size.rows().stream())
            .mapToDouble(row -> row.nanosPerSquaring().min() * (largest ? 1 : 0.7));
    return (largest ? nanos.max() : nanos.min()).orElse(1);
  }

  private static OptionalDouble portBound(Comparison.Size size) {
    return size.rows().stream()
        .map(Comparison.Row::portBoundNanos)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .min();
  }

  private static String color(Contender.Family family) {
    return switch (family) {
      case TIDELOCK -> "#0f766e";
      case GMP -> "#64748b";
      case OPENSSL -> "#94a3b8";
      case JAVA -> "#d1a054";
    };
  }

  private static String title(Contender.Family family) {
    return switch (family) {
      case TIDELOCK -> "Tidelock";
      case GMP -> "GMP";
      case OPENSSL -> "OpenSSL";
      case JAVA -> "Java";
    };
  }
}
