package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire.Answer;
import org.tidelock.service.db.TestDatabase;

/** Parts of contents have a limit of their own, by account. */
class ContentLimitTest {

  @Test
  void partsAreCountedByAccountAndApartFromOtherRequests() throws Exception {
    try (RunningServer server = RunningServer.withRateLimits();
        Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement()) {
      Correspondent alice = Correspondent.registered(server, "limit-alice");
      Correspondent bob = Correspondent.registered(server, "limit-bob");
      // The clock stands still, so more requests come than the general limit ever allows.
      Bytes part = RandomBytes.ofLength(1);
      String path = begin(alice, part);
      for (int i = 0; i < 250; i++) {
        assertThat(put(alice, path, part).status()).isEqualTo(200);
      }
      assertThat(alice.device.get("/v1/me", alice.token).status()).isEqualTo(200);

      assertThat(
              sql.executeUpdate(
                  "UPDATE rate_limits SET tokens = 0 WHERE bucket = 'CONTENT/%s'"
                      .formatted(alice.person.id)))
          .isEqualTo(1);

      assertThat(put(alice, path, part).problem()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
      assertThat(alice.device.get("/v1/me", alice.token).status()).isEqualTo(200);
      assertThat(put(bob, begin(bob, part), part).status()).isEqualTo(200);
    }
  }

  private static String begin(Correspondent who, Bytes content) {
    Bytes upload = RandomBytes.ofLength(16);
    who.device.post(
        "/v1/uploads",
        who.token,
        new Messages.Upload(upload, content.length(), RandomBytes.ofLength(32)));
    return "/v1/uploads/" + Base64Url.encode(upload) + "/parts/0";
  }

  private static Answer put(Correspondent who, String path, Bytes part) {
    return who.device.put(path, who.token, new Messages.Part(part));
  }
}
