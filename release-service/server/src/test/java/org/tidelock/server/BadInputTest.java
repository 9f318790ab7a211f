package org.tidelock.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelock.protocol.problem.ProblemCode;
import org.tidelock.protocol.suite.SigningKey;
import org.tidelock.server.testing.Person;
import org.tidelock.server.testing.RunningServer;
import org.tidelock.server.testing.Wire;
import org.tidelock.server.testing.Wire.Answer;

/** What is not as it has to be gets a problem document with the right status and nothing else. */
class BadInputTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static RunningServer server;
  private static Wire wire;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    wire = server.wire();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {                                     | malformed-json
          {"name":"alice"} trailing             | malformed-json
          {"name":"alice","name":"bob"}         | malformed-json
          null                                  | invalid-field
          []                                    | invalid-field
          {}                                    | invalid-field
          {"name":null}                         | invalid-field
          {"name":7}                            | invalid-field
          {"name":["alice"]}                    | invalid-field
          {"name":"Alice"}                      | invalid-field
          {"name":"al"}                         | invalid-field
          {"name":"alice","more":1}             | invalid-field
          {"name":[[[[[[[[[[1]]]]]]]]]]}        | malformed-json
          """)
  void refusesBodies(String body, String code) {
    Answer answer =
        wire.raw("POST", "/v1/prelogin", "application/json", body.getBytes(StandardCharsets.UTF_8));
    // Depth and type may both be the fault that is named first; either way it is a 400.
    if (!body.contains("[[[")) {
      assertThat(answer.problem().wireName()).isEqualTo(code);
    }
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).doesNotContain("Exception").doesNotContain("org.tidelock");
  }

  @Test
  void refusesWhatIsNotUtf8NotJsonOrTooLarge() {
    byte[] notUtf8 = {'{', '"', (byte) 0xc3, '(', '"', '}'};
    assertThat(wire.raw("POST", "/v1/prelogin", "application/json", notUtf8).problem())
        .isEqualTo(ProblemCode.MALFORMED_JSON);
    byte[] fine = "{\"name\":\"alice\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(wire.raw("POST", "/v1/prelogin", "text/plain", fine).problem())
        .isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    assertThat(wire.raw("POST", "/v1/prelogin", "application/json", new byte[70_000]).problem())
        .isEqualTo(ProblemCode.TOO_LARGE);
    assertThat(wire.raw("POST", "/v1/nothing", "application/json", fine).problem())
        .isEqualTo(ProblemCode.NOT_FOUND);
    assertThat(wire.raw("PUT", "/v1/prelogin", "application/json", fine).problem())
        .isEqualTo(ProblemCode.METHOD_NOT_ALLOWED);
  }

  /** Every field of a registration, at every depth, left out or of another type or length. */
  static Stream<List<String>> fields() throws Exception {
    Person person = new Person(wire, "alice");
    ObjectNode whole = (ObjectNode) JSON.readTree(Wire.bytes(person.newDevice().application()));
    List<List<String>> paths = new ArrayList<>();
    collect(whole, List.of(), paths);
    return paths.stream();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void refusesARegistrationWithAFieldThatIsNotAsItHasToBe(List<String> path) throws Exception {
    Person person = new Person(wire, "alice");
    Person.Device device = person.newDevice();
    for (String fault : List.of("missing", "null", "object", "empty", "long")) {
      ObjectNode body = (ObjectNode) JSON.readTree(Wire.bytes(device.application()));
      ObjectNode parent = body;
      for (String step : path.subList(0, path.size() - 1)) {
        parent = (ObjectNode) parent.get(step);
      }
      String field = path.getLast();
      switch (fault) {
        case "missing" -> parent.remove(field);
        case "null" -> parent.putNull(field);
        case "object" -> parent.putArray(field).add(1);
        case "empty" -> parent.put(field, "");
        default -> parent.put(field, "a".repeat(5_000));
      }
      byte[] bytes = JSON.writeValueAsBytes(body);
      Answer answer =
          wire.sendSigned(
              wire.sign(device.key, "POST", "/v1/registrations", bytes),
              "POST",
              "/v1/registrations",
              null,
              bytes);
      assertThat(answer.problem()).as("%s %s", path, fault).isEqualTo(ProblemCode.INVALID_FIELD);
    }
  }

  @Test
  void refusesAnApplicationWhoseSignaturesAreAnothersKeys() {
    Person person = new Person(wire, "alice");
    Person.Device device = person.newDevice();
    assertThat(
            wire.signed(
                    SigningKey.generate(), "POST", "/v1/registrations", null, device.application())
                .problem())
        .isEqualTo(ProblemCode.SIGNATURE_INVALID);
    person.signing = SigningKey.generate();
    assertThat(device.register().problem()).isEqualTo(ProblemCode.SIGNATURE_INVALID);
  }

  private static void collect(ObjectNode node, List<String> above, List<List<String>> paths) {
    for (var field : node.properties()) {
      List<String> path = new ArrayList<>(above);
      path.add(field.getKey());
      paths.add(path);
      if (field.getValue() instanceof ObjectNode inner) {
        collect(inner, path, paths);
      }
    }
  }
}
