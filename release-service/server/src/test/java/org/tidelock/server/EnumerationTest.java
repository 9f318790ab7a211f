package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelock.protocol.account.AccountName;
import org.tidelock.protocol.account.DeviceId;
import org.tidelock.protocol.account.DeviceName;
import org.tidelock.protocol.statement.LoginStatement;
import org.tidelock.protocol.suite.RandomBytes;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.protocol.wire.Login;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.StatementRecorder;
import org.tidelock.server.testing.Wire;
import org.tidelock.server.testing.Wire.Answer;

/** A name that somebody has and one that nobody has: told apart neither by answer nor by work. */
class EnumerationTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static StatementRecorder recorder;
  private static RunningServer server;
  private static Wire wire;

  @BeforeAll
  static void start() throws Exception {
    recorder = new StatementRecorder();
    server =
        RunningServer.with(
            "--database-url=" + recorder.url(), "--database-owner-url=" + recorder.ownerUrl());
    wire = server.wire();
    new Person(wire, "alice").register(server);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    recorder.close();
  }

  /** A step that names somebody. */
  record Step(String what, Request request) {
    @Override
    public String toString() {
      return what;
    }
  }

  interface Request {
    Answer send(String name);
  }

  /** What could tell names apart. */
  private record Observed(
      List<String> statements, long cpuWork, int status, List<String> headers, Object answer) {}

  static Stream<Step> steps() {
    return Stream.of(
        new Step(
            "prelogin",
            name ->
                wire.send("POST", "/v1/prelogin", null, new Login.Prelogin(new AccountName(name)))),
        new Step("login started", name -> begin("/v1/logins", name)),
        new Step("recovery started", name -> begin("/v1/recoveries", name)),
        new Step(
            "login with a wrong password",
            name ->
                new Person(wire, name)
                    .newDevice()
                    .login("/v1/logins", SigningKey.generate(), false)),
        new Step("registration", name -> new Person(wire, name).newDevice().register()));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void sameStatementsSameWorkSameAnswer(Step step) throws Exception {
    // Whatever is prepared at first use is prepared.
    observe(step, "somebody-else");
    Observed unknown = observe(step, "nobody");
    Observed known = observe(step, "alice");
    assertThat(known).isEqualTo(unknown);
    assertThat(known.statements()).isNotEmpty().doesNotContain("?");
  }

  private static Answer begin(String path, String name) {
    SigningKey key = SigningKey.generate();
    return wire.signed(
        key,
        "POST",
        path,
        null,
        new Login.Start(
            new AccountName(name),
            RandomBytes.ofLength(LoginStatement.NONCE_BYTES),
            DeviceId.random(),
            key.publicKey(),
            new DeviceName("a device")));
  }

  private static Observed observe(Step step, String name) throws IOException {
    wire.info();
    recorder.clear();
    long before = server.server().node().cpu().begun();
    Answer answer = step.request().send(name);
    long work = server.server().node().cpu().begun() - before;
    return new Observed(
        recorder.statements().stream().filter(EnumerationTest::isOfARequest).toList(),
        work,
        answer.status(),
        answer.response().headers().map().keySet().stream().sorted().toList(),
        shape(JSON.readTree(answer.text())));
  }

  /** Not what the node does by itself every few moments. */
  private static boolean isOfARequest(String statement) {
    return Stream.of(
            "handle_log",
            "FROM connections",
            "SELECT clock_timestamp()",
            "ORDER BY released_at",
            "release_clocks",
            "release_stops",
            "due_message_secrets",
            "notices")
        .noneMatch(statement::contains);
  }

  /** Names, types and lengths; numbers as they are, for they say what was derived how. */
  private static Object shape(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> fields = new TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), shape(field.getValue())));
      return fields;
    }
    return node.isTextual() ? node.asText().length() : node.asText();
  }
}
