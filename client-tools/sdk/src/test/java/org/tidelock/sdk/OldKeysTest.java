package org.tidelock.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.calibrate.Profile;
import org.tidelock.engine.solve.StopSignal;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.message.Policy;
import org.tidelock.protocol.message.PuzzleBy;
import org.tidelock.sdk.LyingProxy.Breaking;
import org.tidelock.sdk.connection.UnreachableException;
import org.tidelock.sdk.message.Draft;
import org.tidelock.sdk.message.ReadMessage;
import org.tidelock.sdk.message.ReadOutcome;
import org.tidelock.sdk.message.SendMessage;
import org.tidelock.server.testing.RunningServer;

/** Messages that are older than their recipient's keys. */
@SuppressWarnings("NullAway.Init") // Started before all tests.
class OldKeysTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Profile SLOW = Profile.ofPicos(10_000_000_000L);
  private static final String NEW_PASSWORD = "another horse";

  private static RunningKeyServer both;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    both = RunningKeyServer.start();
    server = both.server();
  }

  @AfterAll
  static void stop() {
    both.close();
  }

  @Test
  void openOnADeviceThatCameAfterRenewalsAndANewPassword() throws IOException {
    try (Client sender = Client.registered(server, "old-alice");
        Client laptop = Client.registered(server, "old-bob");
        Client phone = Client.meeting(server, "old-bob")) {
      List<MessageId> sent = new ArrayList<>();
      sent.add(send(sender, laptop));
      laptop.granted(laptop.renewKeys());
      sent.add(send(sender, laptop));
      laptop.granted(laptop.changePassword(Client.PASSWORD, NEW_PASSWORD));

      phone.granted(phone.logInHere(NEW_PASSWORD));

      assertOpen(phone, sent);
      assertOpen(laptop, sent);
    }
  }

  @Test
  void openAfterARenewalThatTheServerNeverHeardOf() throws Exception {
    try (Client sender = Client.registered(server, "old-carla");
        Client laptop = Client.registered(server, "old-dora");
        Client phone = Client.meeting(server, "old-dora");
        LyingProxy cutting = LyingProxy.before(server)) {
      List<MessageId> sent = new ArrayList<>();
      sent.add(send(sender, laptop));
      // Its keys are on the key server, as those of generation 2, and stay there.
      laptop.reconnect(cutting.pin(laptop.pin()));
      cutting.breakAt("/v1/me/keys", Breaking.BEFORE_IT_ARRIVES, 0);
      assertThatThrownBy(laptop::renewKeys).isInstanceOf(UnreachableException.class);
      cutting.mend();
      assertThat(laptop.granted(laptop.renewKeys())).isEqualTo(2);
      sent.add(send(sender, laptop));
      assertThat(laptop.granted(laptop.renewKeys())).isEqualTo(3);
      sent.add(send(sender, laptop));

      phone.granted(phone.logInHere(Client.PASSWORD));

      assertOpen(phone, sent);
    }
  }

  @Test
  void areNotSealedToByWhoLookedThemUpAMomentAgo() throws Exception {
    try (Client sender = Client.registered(server, "old-emma");
        Client recipient = Client.registered(server, "old-fred");
        LyingProxy counting = LyingProxy.before(server)) {
      AtomicInteger lookUps = new AtomicInteger();
      counting.lieAbout(
          "/v1/people/old-fred",
          answer -> {
            lookUps.incrementAndGet();
            return answer;
          });
      sender.reconnect(counting.pin(sender.pin()));
      SendMessage sending = new SendMessage(sender.connection(), sender.home);
      List<MessageId> sent = new ArrayList<>();
      sent.add(send(sending, sender, recipient));
      sent.add(send(sending, sender, recipient));
      assertThat(lookUps).hasValue(1);
      recipient.granted(recipient.renewKeys());
      sent.add(send(sending, sender, recipient));
      assertThat(lookUps).hasValue(2);
      server.clock().move(Duration.ofMinutes(2));
      sent.add(send(sending, sender, recipient));
      assertThat(lookUps).hasValue(3);

      assertThat(sender.home.pending()).isEmpty();
      assertOpen(recipient, sent);
    }
  }

  private static MessageId send(Client sender, Client recipient) throws IOException {
    return send(new SendMessage(sender.connection(), sender.home), sender, recipient);
  }

  private static MessageId send(SendMessage sending, Client sender, Client recipient)
      throws IOException {
    Draft draft =
        Draft.text(recipient.name, server.clock().instant().plus(SOON))
            .with(Policy.PUZZLE_ONLY, PuzzleBy.SERVER)
            .with(SLOW);
    byte[] content = "sealed to old keys".getBytes(StandardCharsets.UTF_8);
    return sender
        .granted(sending.send(draft, new ByteArrayInputStream(content), content.length))
        .receipt()
        .message();
  }

  private static void assertOpen(Client reader, List<MessageId> sent) throws IOException {
    for (MessageId id : sent) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(
              new ReadMessage(reader.connection(), reader.home)
                  .solve(id, event -> {}, new StopSignal(), out))
          .isInstanceOf(ReadOutcome.Opened.class);
      assertThat(out).hasToString("sealed to old keys");
    }
  }
}
