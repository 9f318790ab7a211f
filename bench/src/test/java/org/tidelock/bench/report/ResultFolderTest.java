package org.tidelock.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {

  record Result(String name, Instant date, List<Integer> values) {}

  @TempDir Path folder;

  @Test
  void writesRecordsAsIndentedJson() throws Exception {
    ResultFolder results = new ResultFolder(folder.resolve("results"));

    results.writeJson("a.json", new Result("x", Instant.EPOCH, List.of(1, 2)));

    assertThat(folder.resolve("results/a.json"))
        .hasContent(
            """
            {
              "name" : "x",
              "date" : "1970-01-01T00:00:00Z",
              "values" : [
                1,
                2
              ]
            }
            """);
  }

  @Test
  void replacesAnOlderResultAndLeavesNothingElse() throws Exception {
    ResultFolder results = new ResultFolder(folder);

    results.write("a.md", "old");
    results.write("a.md", "new");

    assertThat(folder.resolve("a.md")).hasContent("new");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
