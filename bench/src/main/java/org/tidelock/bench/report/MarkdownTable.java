package org.tidelock.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, padded so that it reads well as plain text too. */
public final class MarkdownTable {

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these column heads. The first column is text, the others are numbers. */
  public MarkdownTable(String... heads) {
    rows.add(List.of(heads));
  }

  /** Adds a row of as many cells as there are columns. */
  public void row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "%d cells in a table of %d columns".formatted(cells.length, rows.getFirst().size()));
    }
    rows.add(List.of(cells));
  }

  /** The table, each line ended by a line feed. */
  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], escape(row.get(i)).length());
      }
    }
    StringBuilder table = new StringBuilder();
    append(table, rows.getFirst(), widths);
    for (int i = 0; i < columns; i++) {
      table.append(i == 0 ? "|" : "").append('-').append("-".repeat(widths[i]));
      table.append(i == 0 ? "-|" : ":|");
    }
    table.append('\n');
    rows.subList(1, rows.size()).forEach(row -> append(table, row, widths));
    return table.toString();
  }

  private static void append(StringBuilder table, List<String> row, int[] widths) {
    for (int i = 0; i < row.size(); i++) {
      String cell = escape(row.get(i));
      String padding = " ".repeat(widths[i] - cell.length());
      table.append("| ").append(i == 0 ? cell + padding : padding + cell).append(' ');
    }
    table.append("|\n");
  }

  private static String escape(String cell) {
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ");
  }
}
