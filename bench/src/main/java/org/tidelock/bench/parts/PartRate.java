package org.tidelock.bench.parts;

import java.util.List;
import org.tidelock.bench.report.Figures;
import org.tidelock.bench.report.MarkdownTable;
import org.tidelock.bench.report.Samples;

/** How often a part of calls was done a second, alone. Written as JSON as it stands. */
public record PartRate(String name, Samples perSecond) {

  /** Parts as a table, one a row. */
  public static MarkdownTable table(List<PartRate> parts) {
    MarkdownTable table = new MarkdownTable("part", "median a second", "max", "spread");
    for (PartRate part : parts) {
      table.row(
          part.name(),
          Figures.whole(part.perSecond().median()),
          Figures.whole(part.perSecond().max()),
          Figures.percent(part.perSecond().spread()));
    }
    return table;
  }
}
