package org.tidelock.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.tidelock.bench.report.Environment;
import org.tidelock.bench.report.Samples;
import org.xml.sax.InputSource;

class CompareReportTest {

  private static final Comparison COMPARISON =
      new Comparison(
          new Environment(
              "bench/compare", Instant.EPOCH, "A & B <CPU>", 2, "1", "os", "jdk", "r", "cc", 0.1),
          List.of("GMP 6"),
          200,
          6,
          Samples.of(0.175),
          List.of(
              new Comparison.Size(
                  2048,
                  List.of(
                      new Comparison.Row(
                          "tidelock ifma",
                          Contender.Family.TIDELOCK,
                          Samples.of(130, 132),
                          6.7,
                          null,
                          8.6,
                          640,
                          112.0,
                          130 / 112.0),
                      new Comparison.Row(
                          "GMP mpz_powm",
                          Contender.Family.GMP,
                          Samples.of(871, 880),
                          1.0,
                          null,
                          1.3,
                          null,
                          null,
                          null)))),
          List.of("tidelock mulx: no such instruction"));

  @Test
  void tableShowsRatiosAndLeavesMissingOnesEmpty() {
    String page = new CompareReport(COMPARISON).toMarkdown();

    assertThat(page)
        .contains("| tidelock ifma |    130 |       131 |")
        .contains("|      6.70 |               |             8.60 |         112.0 |      1.161 |")
        .contains("- tidelock mulx: no such instruction");
  }

  @Test
  void plotIsWellFormedAndNamesEveryRow() throws Exception {
    String svg = new ComparePlot(COMPARISON).toSvg();

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    assertThat(svg).contains("tidelock ifma", "GMP mpz_powm", "A &amp; B &lt;CPU&gt;", "2048 bits");
  }
}
