package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.sdk.connection.Answer;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.ReadOutcome;
import org.tidelock.server.testing.RunningServer;

/** The front door, against the real server over real sockets. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class TidelockTest {

  private static RunningServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void schedulesADeliveryFromWhatTheFolderKeeps() throws IOException {
    registered("door-alice").close();
    Instant unlockAt = server.clock().instant().plus(Duration.ofHours(1)).plusNanos(1);
    try (Tidelock alice = Tidelock.open(folder.resolve("door-alice"), server.clock());
        Tidelock bob = registered("door-bob")) {
      MessageId id = accepted(alice.send("door-bob", "sealed", unlockAt));
      assertThat(bob.inbox().next(Duration.ZERO)).isInstanceOf(Answer.Granted.class);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(bob.reading().read(id, out))
          .as("rounded up, never down")
          .isEqualTo(
              new ReadOutcome.NotYet(Messages.State.WAITING, unlockAt.minusNanos(1).plusMillis(1)));
      assertThat(out.size()).isZero();
    }
  }

  @Test
  void sendsBytesAndFilesAlike() throws IOException {
    Path file = Files.writeString(folder.resolve("letter"), "the same");
    try (Tidelock carol = registered("door-carol")) {
      Draft atOnce = Draft.immediate(new AccountName("door-carol"));
      byte[] bytes = Files.readAllBytes(file);
      for (Answer<Messages.Accepted> answer :
          List.of(carol.send(atOnce, bytes), carol.send(atOnce, file))) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(carol.reading().read(accepted(answer), out))
            .isInstanceOf(ReadOutcome.Opened.class);
        assertThat(out).hasToString("the same");
      }
    }
  }

  @Test
  void tellsWhatTheServerRefuses() throws IOException {
    try (Tidelock dave = registered("door-dave")) {
      assertThat(dave.send("nobody-there", "lost", server.clock().instant().plusSeconds(9)))
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> assertThat(refused.problem().code()).contains(ProblemCode.NOT_FOUND));
    }
  }

  @Test
  void aFolderWithoutAServerSaysSo() {
    assertThatThrownBy(() -> Tidelock.open(folder.resolve("empty")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no server is known in " + folder.resolve("empty"));
  }

  private Tidelock registered(String name) throws IOException {
    Tidelock tidelock =
        Tidelock.meet(
            "https://localhost:" + server.server().port(), folder.resolve(name), server.clock());
    Contact contact = Contact.mail(name + "@" + name + ".example.org");
    granted(
        tidelock.register(
            new AccountName(name),
            contact,
            new DeviceName("laptop"),
            "correct horse battery".toCharArray()));
    granted(tidelock.verify(server.codeFor(contact)));
    return tidelock;
  }

  private static MessageId accepted(Answer<Messages.Accepted> answer) {
    return granted(answer).receipt().message();
  }

  private static <T> T granted(Answer<T> answer) {
    return switch (answer) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Refused<T>(var problem) -> throw new AssertionError(problem.toString());
    };
  }
}
