package org.tidelock.keyserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tidelock.keyserver.app.KeyServerStart;
import org.tidelock.keyserver.testing.KeyOwner;
import org.tidelock.keyserver.testing.RunningKeyServer;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.wire.KeyServing.Action;
import org.tidelock.protocol.wire.Token;
import org.tidelock.server.testing.Wire;

/** What an operator meets, and what bad input meets. */
class OperationTest {

  @Test
  void answersHealthReadinessAndMetrics() throws Exception {
    try (RunningKeyServer running = RunningKeyServer.start()) {
      running.wire().info();
      assertThat(get(running, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(running, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(running, "/metrics").body()).contains("vertx_http_server");
    }
  }

  @Test
  void limitsHowOftenOneAddressAsks() throws Exception {
    try (RunningKeyServer running = RunningKeyServer.withRateLimits()) {
      Wire wire = running.wire();
      for (int i = 0; i < 60; i++) {
        assertThat(wire.send("GET", "/v1/records", Token.random(), null).problem())
            .isEqualTo(ProblemCode.TOKEN_INVALID);
      }
      assertThat(wire.send("GET", "/v1/records", Token.random(), null).problem())
          .isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
    }
  }

  @Test
  void refusesWhatIsNotAsItHasToBe() throws Exception {
    try (RunningKeyServer running = RunningKeyServer.start()) {
      Wire wire = running.wire();
      KeyOwner owner = KeyOwner.registered(running, "alice");
      for (String body :
          List.of(
              "{",
              "[]",
              "{}",
              "{\"records\":null}",
              "{\"records\":[{}]}",
              "{\"records\":[],\"account\":\"AAAAAAAAAAAAAAAAAAAAAA\"}",
              "{\"records\":[],\"records\":[]}")) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Wire.Answer answer =
            wire.sendSigned(
                wire.sign(owner.device.key, "POST", "/v1/records", bytes),
                "POST",
                "/v1/records",
                owner.token(Action.WRITE),
                bytes);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("org.tidelock");
      }
      assertThat(wire.raw("POST", "/v1/records", "application/json", new byte[300_000]).problem())
          .isEqualTo(ProblemCode.TOO_LARGE);
      assertThat(wire.send("GET", "/v1/records?before=x", owner.token(Action.READ), null).problem())
          .isEqualTo(ProblemCode.INVALID_FIELD);
      assertThat(wire.send("GET", "/v1/records", null, null).problem())
          .isEqualTo(ProblemCode.TOKEN_MISSING);
      assertThat(wire.raw("PUT", "/v1/records", "application/json", new byte[0]).problem())
          .isEqualTo(ProblemCode.METHOD_NOT_ALLOWED);
    }
  }

  @Test
  void printsItsSettings() throws Exception {
    String printed =
        KeyServerStart.settings(
                Map.of("TIDELOCK_DATABASE_URL", "postgresql://u:hush@h/d"),
                List.of("--introspection-address=https://tokens:1"))
            .printed();
    assertThat(printed)
        .contains("port=8444  # default")
        .contains("introspection-address=https://tokens:1  # flag")
        .contains("database-url=(hidden)")
        .doesNotContain("hush");
    assertThat(KeyServerStart.help()).contains("--kek-file").contains("--server-certificate");
    assertThatThrownBy(() -> KeyServerStart.settings(Map.of(), List.of("--kek=1")))
        .hasMessageContaining("no setting named kek");
  }

  private static HttpResponse<String> get(RunningKeyServer running, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + running.keyServer().operationsPort() + path))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
