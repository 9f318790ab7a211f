package org.tidelock.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelock.engine.puzzle.Bytes;
import org.tidelock.protocol.wire.WireJson.Reading;

/** Every document, as it stands in the vector files, and every field of each gone wrong. */
class DocumentsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Map.Entry<String, Object>> documents() {
    return Samples.documents().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void isWrittenAsTheVectorsSay(Map.Entry<String, Object> sample) throws IOException {
    JsonNode vector = file("documents.json").required(sample.getKey());

    assertThat(JSON.readTree(WireJson.write(sample.getValue()))).isEqualTo(vector);
    assertThat(new String(WireJson.write(sample.getValue()), StandardCharsets.UTF_8))
        .as("fields in the order of the record")
        .isEqualTo(vector.toString());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void isReadFromTheVectors(Map.Entry<String, Object> sample) {
    JsonNode vector = file("documents.json").required(sample.getKey());

    assertThat(read(vector.toString(), sample.getValue().getClass()))
        .isEqualTo(new Reading.Read<>(sample.getValue()));
  }

  @Test
  void noVectorIsWithoutARecord() {
    assertThat(file("documents.json").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(Samples.documents().keySet());
  }

  @Test
  void whatIsSignedIsEncodedAsTheVectorsSay() {
    JsonNode vectors = file("statements.json");

    Samples.statements()
        .forEach(
            (name, statement) ->
                assertThat(statement.encoded())
                    .as(name)
                    .isEqualTo(Bytes.ofHex(vectors.required(name).asText())));
  }

  @Test
  void theSignaturesInTheSamplesAreRight() {
    assertThat(Samples.registration().isSigned(Samples.SERVER)).isTrue();
    assertThat(
            Samples.passwordChange()
                .isSigned(
                    Samples.SERVER,
                    Samples.ACCOUNT,
                    Samples.AUTH.publicKey(),
                    Samples.IDENTITY.publicKey()))
        .isTrue();
    assertThat(
            Samples.keyRenewal().isSigned(Samples.SERVER, Samples.ENTRY, Samples.AUTH.publicKey()))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyFieldIsRequiredAndTyped(Map.Entry<String, Object> sample) {
    JsonNode vector = file("documents.json").required(sample.getKey());
    Class<?> type = sample.getValue().getClass();
    for (Field field : fields(vector, "")) {
      assertInvalid(field.removed(vector), type, field.path, "is missing");
      assertInvalid(
          field.replaced(vector, JsonNodeFactory.instance.nullNode()), type, field.path, "null");
      for (String other : List.of("\"\"", "1.5", "true", "[[]]", "{\"x\":1}", "-1", "1e3")) {
        JsonNode value = parse(other);
        if (value.isBoolean() && field.value(vector).isBoolean()) {
          continue;
        }
        assertThat(read(field.replaced(vector, value).toString(), type))
            .as("%s = %s", field.path, other)
            .isInstanceOf(Reading.InvalidField.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void noOtherFieldIsTaken(Map.Entry<String, Object> sample) {
    ObjectNode vector = file("documents.json").required(sample.getKey()).deepCopy();
    Class<?> type = sample.getValue().getClass();
    vector.put("extra", 1);

    assertInvalid(vector, type, "extra", "is not a field");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void noFieldComesTwiceAndNothingFollows(Map.Entry<String, Object> sample) {
    String json = file("documents.json").required(sample.getKey()).toString();
    Class<?> type = sample.getValue().getClass();
    String members = json.substring(1, json.length() - 1);

    assertMalformed("{" + members + "," + members + "}", type);
    assertMalformed(json + "{}", type);
    assertMalformed(json.substring(0, json.length() - 1), type);
  }

  private record Field(List<String> steps, String path) {

    JsonNode removed(JsonNode document) {
      JsonNode copy = document.deepCopy();
      ((ObjectNode) parent(copy)).remove(steps.getLast());
      return copy;
    }

    JsonNode replaced(JsonNode document, JsonNode value) {
      JsonNode copy = document.deepCopy();
      ((ObjectNode) parent(copy)).set(steps.getLast(), value);
      return copy;
    }

    JsonNode value(JsonNode document) {
      return parent(document).required(steps.getLast());
    }

    private JsonNode parent(JsonNode document) {
      JsonNode node = document;
      for (String step : steps.subList(0, steps.size() - 1)) {
        node = node.isArray() ? node.required(Integer.parseInt(step)) : node.required(step);
      }
      return node;
    }
  }

  /** Every field of the document, at every depth. */
  private static List<Field> fields(JsonNode node, String path) {
    List<Field> found = new ArrayList<>();
    collect(node, List.of(), path, found);
    return found;
  }

  private static void collect(JsonNode node, List<String> steps, String path, List<Field> found) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        collect(array.get(i), with(steps, String.valueOf(i)), path + "[" + i + "]", found);
      }
    }
    node.properties()
        .forEach(
            property -> {
              List<String> below = with(steps, property.getKey());
              String name = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
              found.add(new Field(below, name));
              collect(property.getValue(), below, name, found);
            });
  }

  private static List<String> with(List<String> steps, String step) {
    List<String> longer = new ArrayList<>(steps);
    longer.add(step);
    return longer;
  }

  private static void assertInvalid(JsonNode document, Class<?> type, String path, String reason) {
    assertThat(read(document.toString(), type))
        .isInstanceOfSatisfying(
            Reading.InvalidField.class,
            invalid -> {
              assertThat(invalid.field()).isEqualTo(path);
              assertThat(invalid.reason()).contains(reason);
            });
  }

  private static void assertMalformed(String json, Class<?> type) {
    assertThat(read(json, type)).as(json).isInstanceOf(Reading.Malformed.class);
  }

  private static Reading<?> read(String json, Class<?> type) {
    return WireJson.read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(json, e);
    }
  }

  static JsonNode file(String name) {
    try (InputStream in =
        Objects.requireNonNull(DocumentsTest.class.getResourceAsStream(name), name)) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
