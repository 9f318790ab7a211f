package org.tidelock.service.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresSettingsTest {

  private static final long MIB = 1024 * 1024;

  @Test
  void buffersAreAnEighthOfTheMemory() {
    assertThat(PostgresSettings.buffers(8192 * MIB)).isEqualTo(1024 * MIB);
  }

  @Test
  void buffersAreNeverFewerThanPostgresWouldTakeByItself() {
    assertThat(PostgresSettings.buffers(512 * MIB)).isEqualTo(128 * MIB);
  }

  @Test
  void buffersStayWithinTwoGibibytes() {
    assertThat(PostgresSettings.buffers(65536 * MIB)).isEqualTo(2048 * MIB);
  }

  @Test
  void whatIsConfirmedIsKept() {
    assertThat(PostgresSettings.options(5432))
        .startsWith("-c fsync=on -c synchronous_commit=on -c full_page_writes=on ")
        .endsWith(" -c port=5432");
  }
}
