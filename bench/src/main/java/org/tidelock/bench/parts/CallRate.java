package org.tidelock.bench.parts;

import java.util.List;
import org.tidelock.bench.report.Figures;
import org.tidelock.bench.report.MarkdownTable;
import org.tidelock.bench.report.Samples;

/**
 * How often a call was done a second, beside what its parts would allow. Written as JSON as it
 * stands.
 *
 * @param boundPerSecond 1 / (how long each of its parts takes alone on all CPUs, added up, from
 *     medians)
 * @param ofBound the median of {@code perSecond} by the bound
 */
public record CallRate(String name, Samples perSecond, double boundPerSecond, double ofBound) {

  /** Calls as a table, one a row. */
  public static MarkdownTable table(List<CallRate> calls) {
    MarkdownTable table =
        new MarkdownTable("call", "median a second", "max", "spread", "bound", "of the bound");
    for (CallRate call : calls) {
      table.row(
          call.name(),
          Figures.whole(call.perSecond().median()),
          Figures.whole(call.perSecond().max()),
          Figures.percent(call.perSecond().spread()),
          Figures.whole(call.boundPerSecond()),
          Figures.percent(call.ofBound()));
    }
    return table;
  }
}
