package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.ReadMessage;
import org.tidelock.sdk.message.ReadOutcome;
import org.tidelock.sdk.message.SendMessage;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.service.db.TestDatabase;

/** Contents about as long as the server takes them, under the rate limits of an ordinary server. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class LargeContentTest {

  private static final int MIB = 1 << 20;

  private static RunningServer server;
  private static Client alice;
  private static Client bob;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.withRateLimitsAnd("--max-payload-mib=6", "--quota-mib=7");
    alice = Client.registered(server, "large-alice");
    bob = Client.registered(server, "large-bob");
  }

  @AfterAll
  static void stop() {
    bob.close();
    alice.close();
    server.close();
  }

  @Test
  void aContentNearTheLimitArrivesWholeAndTheQuotaHoldsNoSecond() throws Exception {
    byte[] content = new byte[6 * MIB - 200_000];
    new Random(11).nextBytes(content);

    MessageId id = alice.granted(send(content)).receipt().message();

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(new ReadMessage(bob.connection(), bob.home).read(id, out))
        .isInstanceOf(ReadOutcome.Opened.class);
    assertThat(out.toByteArray()).isEqualTo(content);
    assertRefused(send(new byte[2 * MIB]), ProblemCode.QUOTA_FULL);
    assertThat(uploadsWithoutMessage()).isZero();
  }

  @Test
  void oneByteTooManyIsToldAndNothingIsStored() throws Exception {
    assertRefused(send(new byte[6 * MIB]), ProblemCode.TOO_LARGE);
    assertThat(uploadsWithoutMessage()).isZero();
    assertThat(alice.home.pending()).isEmpty();
  }

  private static Answer<Messages.Accepted> send(byte[] content) throws IOException {
    return new SendMessage(alice.connection(), alice.home)
        .send(Draft.immediate(bob.name), new ByteArrayInputStream(content), content.length);
  }

  private static void assertRefused(Answer<?> answer, ProblemCode code) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.problem().code()).contains(code));
  }

  private static int uploadsWithoutMessage() throws SQLException {
    try (Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery("SELECT count(*) FROM uploads WHERE message_id IS NULL")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
