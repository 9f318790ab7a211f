package org.tidelock.bench.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ServerMemoryTest {

  @Test
  void readsTheHeapOfTheG1Collector() throws IOException {
    String info =
        """
        4711:
         garbage-first heap   total reserved 6144000K, committed 389120K, used 20480K [0x1, 0x2)
          region size 4096K, 1 young (4096K), 0 survivors (0K)
         Metaspace       used 51234K, committed 51840K, reserved 1114112K
          class space    used 6543K, committed 6784K, reserved 1048576K
        """;

    assertThat(ServerMemory.heapBytes(info)).isEqualTo(20_480 * 1024);
  }

  @Test
  void addsTheGenerationsOfTheSerialCollectorUp() throws IOException {
    String info =
        """
        4711:
         def new generation   total 118016K, used 1000K [0x1, 0x2, 0x3)
          eden space 104960K,   1% used [0x1, 0x2, 0x3)
         tenured generation   total 262144K, used 2000K [0x1, 0x2, 0x3)
           the space 262144K,   0% used [0x1, 0x2, 0x3)
         Metaspace       used 51234K, committed 51840K, reserved 1114112K
          class space    used 6543K, committed 6784K, reserved 1048576K
        """;

    assertThat(ServerMemory.heapBytes(info)).isEqualTo(3000 * 1024);
  }

  @Test
  void refusesWhatNamesNoHeap() {
    assertThatThrownBy(() -> ServerMemory.heapBytes("4711:\ncommand not found"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("command not found");
  }

  @Test
  void looksAtTheProcessItself() throws IOException {
    ServerMemory memory = ServerMemory.of(ProcessHandle.current().pid());

    assertThat(memory.heapBytes()).isPositive();
    assertThat(memory.residentBytes()).isGreaterThan(memory.heapBytes());
  }
}
