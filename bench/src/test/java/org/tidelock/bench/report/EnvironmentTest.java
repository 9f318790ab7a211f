package org.tidelock.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  @Test
  void namesCommandDateAndRuntime() {
    InstantSource clock = InstantSource.fixed(Instant.parse("2027-01-02T03:04:05.678Z"));

    Environment environment = Environment.of("bench/compare --rounds 3", clock);

    assertThat(environment.toMarkdown())
        .contains("`bench/compare --rounds 3`", "2027-01-02T03:04:05Z\n")
        .contains(System.getProperty("java.vm.version"));
  }

  @Test
  void leavesAVendorsSuffixOutOfAVersion() {
    assertThat(Environment.version("6.1.0-13-cloud-amd64")).isEqualTo("6.1.0");
    assertThat(Environment.version("10.15")).isEqualTo("10.15");
  }
}
