package org.tidelock.keyserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tidelock.keyserver.testing.KeyServerContract;
import org.tidelock.keyserver.testing.RunningKeyServer;

class ContractTest {

  @Test
  void everyRouteIsInTheContractAndTheContractHasNoOther() throws Exception {
    try (RunningKeyServer running = RunningKeyServer.start()) {
      assertThat(KeyServerContract.CONTRACT.routes())
          .isEqualTo(new TreeSet<>(running.keyServer().routes()));
      assertThat(running.wire().send("GET", "/openapi-key-server.yaml", null, null).text())
          .startsWith("openapi: 3.1.0");
    }
  }
}
