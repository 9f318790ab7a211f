package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.engine.puzzle.Canonical;
import org.tidelock.protocol.account.Base64Url;
import org.tidelock.protocol.account.Contact;
import org.tidelock.protocol.message.MessageId;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.Sha256;
import org.tidelock.protocol.suite.Signature;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.WireJson;
import org.tidelock.server.testing.Correspondent;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire.Answer;
import org.tidelock.service.db.TestDatabase;
import org.tidelock.service.http.ServerCertificate;

/** Notices of a release: by mail and by a webhook, after the commit, until they are taken. */
class NoticesTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void aWebhookIsSignedAndCalledAgainUntilItAnswers() throws Exception {
    try (Hook hook = new Hook();
        RunningServer server = RunningServer.with("--private-webhooks=yes")) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      assertThat(set(server, bob, List.of(), List.of(hook.url())).status()).isEqualTo(200);
      hook.answers = 500;

      MessageId id =
          alice.send(bob, "told", server.clock().instant().plus(SOON)).envelope().message();
      server.clock().move(SOON);
      hook.await(1);
      hook.answers = 204;
      server.clock().move(Duration.ofSeconds(10));
      hook.await(2);
      awaitNotices(server, "SELECT count(*) FROM notices", 0);

      Call call = hook.calls.getLast();
      assertThat(WireJson.read(call.body.toArray(), Mailbox.Notice.class))
          .isInstanceOfSatisfying(
              WireJson.Reading.Read.class,
              read -> assertThat(((Mailbox.Notice) read.value()).message()).isEqualTo(id));
      assertThat(
              server
                  .wire()
                  .info()
                  .signingKey()
                  .verifies(
                      new Canonical("tidelock/v1/webhook")
                          .bytes(server.wire().info().server().value())
                          .integer(call.time)
                          .bytes(Sha256.of(call.body)),
                      call.signature))
          .isTrue();
    }
  }

  @Test
  void noWebhookLeadsIntoThePrivateNetwork() throws Exception {
    try (Hook hook = new Hook();
        RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      set(server, bob, List.of(), List.of(hook.url()));

      alice.send(bob, "told", server.clock().instant().plus(SOON));
      server.clock().move(SOON);

      awaitNotices(server, "SELECT count(*) FROM notices WHERE tries = 1", 1);
      assertThat(hook.calls).isEmpty();
    }
  }

  @Test
  void mailGoesToTheAccountsOwnAddressOnly() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      Correspondent alice = Correspondent.registered(server, "alice");
      Correspondent bob = Correspondent.registered(server, "bob");
      assertThat(set(server, bob, List.of(alice.person.contact), List.of()).problem())
          .isEqualTo(ProblemCode.INVALID_FIELD);
      assertThat(set(server, bob, List.of(bob.person.contact), List.of()).status()).isEqualTo(200);
      assertThat(bob.device.get("/v1/notices", bob.token).as(Mailbox.Notices.class).mail())
          .containsExactly(bob.person.contact);

      MessageId id =
          alice.send(bob, "told", server.clock().instant().plus(SOON)).envelope().message();
      server.clock().move(SOON);

      assertThat(server.lastMailTo(bob.person.contact, 2)).contains(id.toString());
    }
  }

  private static Answer set(
      RunningServer server, Correspondent who, List<Contact> mail, List<String> webhook) {
    return server
        .wire()
        .signed(
            who.device.key, "PUT", "/v1/notices", who.token, new Mailbox.Notices(mail, webhook));
  }

  private static void awaitNotices(RunningServer server, String query, int expected)
      throws Exception {
    try (Connection connection = TestDatabase.connect(server.databaseUrl());
        Statement sql = connection.createStatement()) {
      int found = -1;
      for (int i = 0; i < 400 && found != expected; i++) {
        try (ResultSet rows = sql.executeQuery(query)) {
          rows.next();
          found = rows.getInt(1);
        }
        Thread.sleep(50);
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  private record Call(Bytes body, long time, Signature signature) {}

  /** Somebody's https address, on this machine. */
  private static final class Hook implements AutoCloseable {

    final List<Call> calls = new CopyOnWriteArrayList<>();
    volatile int answers = 204;
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    Hook() throws Exception {
      Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "hook-");
      ServerCertificate certificate =
          ServerCertificate.keptIn(folder, "hook", List.of("localhost"), InstantSource.system());
      server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setSsl(true)
                      .setHost("127.0.0.1")
                      .setPort(0)
                      .setKeyCertOptions(certificate.options()))
              .requestHandler(
                  request ->
                      request.bodyHandler(
                          body -> {
                            calls.add(
                                new Call(
                                    Bytes.of(body.getBytes()),
                                    Long.parseLong(request.getHeader("Tidelock-Time")),
                                    new Signature(
                                        Base64Url.decode(
                                            request.getHeader("Tidelock-Signature")))));
                            request.response().setStatusCode(answers).end();
                          }))
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get();
    }

    String url() {
      return "https://localhost:%d/hook?of=bob".formatted(server.actualPort());
    }

    void await(int count) throws InterruptedException {
      for (int i = 0; i < 400 && calls.size() < count; i++) {
        Thread.sleep(50);
      }
      assertThat(calls).hasSizeGreaterThanOrEqualTo(count);
    }

    @Override
    public void close() {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
