package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Session;
import org.tidelock.server.app.Server;
import org.tidelock.server.app.ServerStart;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;
import org.tidelock.service.settings.Settings.InvalidSettingException;

/** What an operator meets. */
class OperationTest {

  @Test
  void answersHealthReadinessAndMetrics() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.wire().info();
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics").body()).contains("vertx_http_server");
    }
  }

  @Test
  void limitsHowOftenOneNameIsTriedWhetherItExistsOrNot() throws Exception {
    try (RunningServer server = RunningServer.withRateLimits()) {
      Wire wire = server.wire();
      Login.Prelogin question = new Login.Prelogin(new AccountName("nobody"));
      for (int i = 0; i < 20; i++) {
        assertThat(wire.send("POST", "/v1/prelogin", null, question).status()).isEqualTo(200);
      }
      Wire.Answer refused = wire.send("POST", "/v1/prelogin", null, question);
      assertThat(refused.problem()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
      assertThat(refused.response().headers().firstValue("retry-after")).contains("10");
      server.clock().move(Duration.ofSeconds(10));
      assertThat(wire.send("POST", "/v1/prelogin", null, question).status()).isEqualTo(200);
      assertThat(wire.send("POST", "/v1/prelogin", null, question).problem())
          .isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
    }
  }

  @Test
  void twoNodesOnOneDatabaseBehaveAsOne() throws Exception {
    try (RunningServer first = RunningServer.start();
        Server second = first.anotherNode()) {
      Person alice = new Person(first.wire(), "alice");
      Person.Registered registered = alice.register(first);
      Wire other = first.wireTo(second);
      assertThat(other.info()).isEqualTo(first.wire().info());
      assertThat(
              other
                  .send("GET", "/v1/me", registered.token(), null)
                  .as(Session.WhoAmI.class)
                  .account())
          .isEqualTo(alice.id);
      assertThat(
              other
                  .signed(
                      registered.device().key, "DELETE", "/v1/session", registered.token(), null)
                  .status())
          .isEqualTo(204);
      assertThat(registered.device().get("/v1/me", registered.token()).problem())
          .isEqualTo(ProblemCode.TOKEN_INVALID);
    }
  }

  @Test
  void keepsItsSecretsToItself() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      for (String file : List.of("server-secret", "server-private-key.pem")) {
        assertThat(
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(server.data().resolve(file))))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void flagsStandAboveTheEnvironmentAndThatAboveTheFile(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("settings"), "port=1\nhost=filehost\nsmtp-password=hush\ndata=d\n");
    String printed =
        ServerStart.settings(
                Map.of("TIDELOCK_PORT", "2", "TIDELOCK_HOST", "envhost"),
                List.of("--config=" + file, "--port", "3"))
            .printed();
    assertThat(printed)
        .contains("port=3  # flag")
        .contains("host=envhost  # environment")
        .contains("data=d  # " + file)
        .contains("smtp-password=(hidden)")
        .contains("codes=console  # default")
        .doesNotContain("hush");
    assertThatThrownBy(() -> ServerStart.settings(Map.of(), List.of("--prot=3")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("no setting named prot");
  }

  private static HttpResponse<String> get(RunningServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.server().operationsPort() + path))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
