package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire.Answer;
import org.tidelock.service.db.TestDatabase;

/** Who is blocked is told so, and nothing that they send is kept. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class BlockedSendersTest {

  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aBlockedSenderIsToldAndNothingIsStored() throws SQLException {
    Correspondent alice = Correspondent.registered(server, "block-alice");
    Correspondent bob = Correspondent.registered(server, "block-bob");
    assertThat(block(bob, "block-alice").status()).isEqualTo(204);

    Answer answer = alice.post(alice.write(bob, "spam", Policy.AT_UNLOCK, soon()));

    assertThat(answer.problem()).isEqualTo(ProblemCode.SENDER_BLOCKED);
    assertThat(answer.text()).contains("takes no messages from this account");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(rowsOf(alice)).isZero();
    assertThat(bob.items()).isEmpty();
    // The other direction stays open.
    bob.send(alice, "and yet", soon());
  }

  @Test
  void whatABlockedSenderUploadedGoes() throws SQLException {
    Correspondent alice = Correspondent.registered(server, "upload-alice");
    Correspondent bob = Correspondent.registered(server, "upload-bob");
    Messages.Submission good = alice.write(bob, "in parts", Policy.IMMEDIATE, soon());
    Bytes payload = good.payload().getFirst();
    Bytes upload = RandomBytes.ofLength(16);
    alice.device.post(
        "/v1/uploads",
        alice.token,
        new Messages.Upload(upload, payload.length(), good.envelope().payloadHash()));
    alice.device.put(
        "/v1/uploads/%s/parts/0".formatted(new MessageId(upload)),
        alice.token,
        new Messages.Part(payload));
    assertThat(rowsOf(alice)).isEqualTo(1);
    block(bob, "upload-alice");

    Answer answer =
        alice.post(
            new Messages.Submission(
                good.envelope(),
                good.signature(),
                good.created(),
                List.of(),
                good.encryptedKey(),
                List.of()));

    assertThat(answer.problem()).isEqualTo(ProblemCode.SENDER_BLOCKED);
    assertThat(rowsOf(alice)).isZero();
  }

  @Test
  void whatWasSentBeforeStaysAndItsSenderStillDecides() {
    Correspondent alice = Correspondent.registered(server, "before-alice");
    Correspondent bob = Correspondent.registered(server, "before-bob");
    Messages.Submission before = alice.send(bob, "early", soon());
    MessageId id = before.envelope().message();
    block(bob, "before-alice");

    assertThat(bob.fetch(id).state()).isEqualTo(Messages.State.WAITING);
    // A retry of what was accepted is answered as the first time.
    assertThat(alice.post(before).status()).isEqualTo(201);
    MessageEvent postponed =
        alice.event(id, MessageEvent.Kind.POSTPONED, soon().plus(Duration.ofDays(1)));
    assertThat(alice.decide(postponed).status()).isEqualTo(200);

    assertThat(unblock(bob, "before-alice").status()).isEqualTo(204);
    alice.send(bob, "again", soon());
    assertThat(bob.items()).hasSize(3);
  }

  @Test
  void theListIsItsOwnersAlone() {
    Correspondent alice = Correspondent.registered(server, "own-alice");
    Correspondent bob = Correspondent.registered(server, "own-bob");
    assertThat(block(bob, "own-alice").status()).isEqualTo(204);
    assertThat(block(bob, "own-alice").status()).isEqualTo(204);

    assertThat(blocked(bob)).containsExactly("own-alice");
    assertThat(blocked(alice)).isEmpty();
    assertThat(block(bob, "own-bob").problem()).isEqualTo(ProblemCode.INVALID_FIELD);
    assertThat(block(bob, "own-nobody").problem()).isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(block(bob, "Not A Name".replace(" ", "%20")).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(unblock(alice, "own-bob").problem()).isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(unblock(bob, "own-alice").status()).isEqualTo(204);
    assertThat(unblock(bob, "own-alice").problem()).isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(blocked(bob)).isEmpty();
  }

  @Test
  void blockingIsSignedByTheDevice() {
    Correspondent bob = Correspondent.registered(server, "sign-bob");
    Correspondent.registered(server, "sign-alice");
    assertThat(server.wire().send("PUT", "/v1/blocked/sign-alice", bob.token, null).problem())
        .isEqualTo(ProblemCode.SIGNATURE_MISSING);
    assertThat(blocked(bob)).isEmpty();
  }

  private static Answer block(Correspondent owner, String name) {
    return owner.device.putNothing("/v1/blocked/" + name, owner.token);
  }

  private static Answer unblock(Correspondent owner, String name) {
    return owner.device.delete("/v1/blocked/" + name, owner.token);
  }

  private static List<String> blocked(Correspondent owner) {
    return owner.device.get("/v1/blocked", owner.token).as(Messages.Blocked.class).names().stream()
        .map(Object::toString)
        .toList();
  }

  private static Instant soon() {
    return server.clock().instant().plusSeconds(60);
  }

  /** How many rows of messages and uploads an account has. */
  private static int rowsOf(Correspondent sender) throws SQLException {
    String id = sender.person.id.value().toHex();
    try (Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery(
                """
                SELECT (SELECT count(*) FROM messages WHERE sender_id = '\\x%1$s')
                  + (SELECT count(*) FROM uploads WHERE account_id = '\\x%1$s')
                  + (SELECT count(*) FROM gate.message_secrets s
                     WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.message_id = s.message_id))
                """
                    .formatted(id))) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
