package org.tidelock.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tidelock.server.testing.Contract;
import org.tidelock.server.testing.RunningServer;

class ContractTest {

  @Test
  void everyRouteIsInTheContractAndTheContractHasNoOther() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      TreeSet<String> routes = new TreeSet<>(server.server().routes());
      assertThat(Contract.SERVER.routes()).isEqualTo(routes);
      assertThat(server.wire().send("GET", "/openapi.yaml", null, null).text())
          .startsWith("openapi: 3.1.0");
    }
  }
}
