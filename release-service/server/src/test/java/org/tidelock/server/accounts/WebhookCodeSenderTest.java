package org.tidelock.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.suite.SecretBytes;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.server.app.ServerStart;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.PhoneGateway;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** Texts to telephones, through a real HTTP server that stands for the gateway. */
class WebhookCodeSenderTest {

  private static final Contact PHONE = Contact.phone("+49 30 1234567");

  private PhoneGateway gateway;
  private Vertx vertx;

  @BeforeEach
  void start() throws Exception {
    gateway = new PhoneGateway();
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    gateway.close();
  }

  @Test
  void sendsASignedText() {
    sender(gateway.key()).send(PHONE, "subject", "text\n");
    PhoneGateway.Text text = gateway.next();
    assertThat(text.phone()).isEqualTo("+49301234567");
    assertThat(text.text()).isEqualTo("text");
    assertThat(text.attempts()).isEqualTo(1);
  }

  @Test
  void sendsAgainUnderTheSameIdUntilItIsTaken() {
    gateway.answers(500, 0, 503);
    sender(gateway.key()).send(PHONE, "subject", "text");
    assertThat(gateway.next().attempts()).isEqualTo(4);
  }

  @Test
  void aTextSignedWithAnotherSecretIsNotTaken() {
    try (SecretBytes other = SecretBytes.random(32)) {
      sender(other).send(PHONE, "subject", "text");
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (gateway.requests() < 6) {
        assertThat(System.nanoTime()).as("six attempts in time").isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
    // Six attempts, and none was taken; this one is the first that is.
    sender(gateway.key()).send(PHONE, "subject", "right");
    assertThat(gateway.next().text()).isEqualTo("right");
  }

  @Test
  void aRegistrationByPhoneIsVerifiedWithTheCodeThatCameByText() throws Exception {
    try (RunningServer server =
        RunningServer.with(
            "--phone-webhook-url=" + gateway.url(), "--phone-webhook-secret=" + gateway.secret())) {
      Person alice = new Person(server.wire(), "alice", PHONE);
      Person.Device phone = alice.newDevice();
      Registration.Started started = phone.register().as(Registration.Started.class);
      PhoneGateway.Text text = gateway.next();
      assertThat(text.phone()).isEqualTo("+49301234567");
      String code = text.text().replaceAll("(?s).*code is ([0-9]{8}).*", "$1");
      assertThat(phone.verify(started, code).status()).isEqualTo(201);
      // Mail is still sent by mail.
      new Person(server.wire(), "bob").register(server);
    }
  }

  @Test
  void withoutAGatewayNobodyRegistersByPhone() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Person alice = new Person(server.wire(), "alice", PHONE);
      assertThat(alice.newDevice().register().text()).contains("no codes by phone");
    }
  }

  @Test
  void neitherAWeakSecretNorAnOpenConnectionIsTaken() throws Exception {
    String secret = gateway.secret();
    assertThat(
            ServerStart.settings(Map.of(), List.of("--phone-webhook-secret=" + secret)).printed())
        .doesNotContain(secret);
    assertThatThrownBy(
            () ->
                RunningServer.with(
                    "--phone-webhook-url=http://gateway.example.org/",
                    "--phone-webhook-secret=" + secret))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("https");
    assertThatThrownBy(
            () ->
                RunningServer.with(
                    "--phone-webhook-url=" + gateway.url(),
                    "--phone-webhook-secret=whsec_c2hvcnQ="))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("24 to 64 bytes")
        .hasMessageNotContaining("c2hvcnQ=");
  }

  private WebhookCodeSender sender(SecretBytes key) {
    return new WebhookCodeSender(
        vertx,
        URI.create(gateway.url()),
        key,
        InstantSource.system(),
        new WebhookCodeSender.Patience(Duration.ofMillis(500), Duration.ofMillis(10)));
  }
}
