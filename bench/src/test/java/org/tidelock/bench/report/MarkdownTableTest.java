package org.tidelock.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkdownTableTest {

  @Test
  void alignsTextLeftAndNumbersRight() {
    MarkdownTable table = new MarkdownTable("name", "ns");
    table.row("a", "12345");
    table.row("longer", "7");

    assertThat(table)
        .hasToString(
            """
            | name   |    ns |
            |--------|------:|
            | a      | 12345 |
            | longer |     7 |
            """);
  }

  @Test
  void escapesWhatWouldEndACell() {
    MarkdownTable table = new MarkdownTable("name");
    table.row("a|b\\c\nd");

    assertThat(table.toString()).contains("| a\\|b\\\\c d |");
  }

  @Test
  void refusesARowOfAnotherLength() {
    MarkdownTable table = new MarkdownTable("name", "ns");

    assertThatThrownBy(() -> table.row("a")).isInstanceOf(IllegalArgumentException.class);
  }
}
