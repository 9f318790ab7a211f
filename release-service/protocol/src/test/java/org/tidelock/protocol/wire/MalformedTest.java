package org.tidelock.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelock.protocol.wire.WireJson.Reading;

/** The documents of {@code malformed.json}, each wrong for one reason, and that reason told. */
class MalformedTest {

  static Stream<JsonNode> malformed() {
    return StreamSupport.stream(DocumentsTest.file("malformed.json").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void isRefusedForItsReason(JsonNode vector) {
    String kind = vector.required("kind").asText();
    Class<?> type = Objects.requireNonNull(Samples.documents().get(kind), kind).getClass();
    byte[] json = vector.required("json").asText().getBytes(StandardCharsets.UTF_8);

    switch (WireJson.read(json, type)) {
      case Reading.Read<?> read -> throw new AssertionError(read.toString());
      case Reading.Malformed<?> malformed -> {
        assertThat(vector.required("field").isNull()).isTrue();
        assertThat(malformed.reason()).isEqualTo(vector.required("reason").asText());
      }
      case Reading.InvalidField<?> invalid -> {
        assertThat(invalid.field()).isEqualTo(vector.required("field").asText());
        assertThat(invalid.reason()).isEqualTo(vector.required("reason").asText());
      }
    }
  }

  @Test
  void isRefusedInAnotherEncoding() {
    byte[] utf16 = "{\"name\":\"alice\"}".getBytes(StandardCharsets.UTF_16);
    byte[] latin1 = "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(WireJson.read(utf16, Login.Prelogin.class))
        .isEqualTo(new Reading.Malformed<>("the document is not UTF-8"));
    assertThat(WireJson.read(latin1, Login.Prelogin.class))
        .isEqualTo(new Reading.Malformed<>("the document is not UTF-8"));
  }

  @Test
  void isRefusedWhenTooLarge() {
    byte[] large = new byte[256 * 1024 + 1];

    assertThat(WireJson.read(large, Login.Prelogin.class))
        .isEqualTo(
            new Reading.Malformed<>("the document has 262145 bytes; at most 262144 allowed"));
  }

  @Test
  void isRefusedWhenNestedTooDeep() {
    String deep = "{\"name\":" + "[".repeat(50) + "]".repeat(50) + "}";

    assertThat(WireJson.read(deep.getBytes(StandardCharsets.UTF_8), Login.Prelogin.class))
        .isInstanceOf(Reading.InvalidField.class);
    String deepUnknown = "{\"x\":" + "[".repeat(50) + "]".repeat(50) + ",\"name\":\"alice\"}";
    assertThat(WireJson.read(deepUnknown.getBytes(StandardCharsets.UTF_8), Login.Prelogin.class))
        .isNotInstanceOf(Reading.Read.class);
  }
}
