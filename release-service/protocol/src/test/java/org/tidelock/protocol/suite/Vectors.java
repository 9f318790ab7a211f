package org.tidelock.protocol.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tidelock.engine.puzzle.Bytes;

/** Published values as JSON files: beside the tests, or in a folder named by a property. */
final class Vectors {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Vectors() {}

  /** A file beside the tests of this package. */
  static JsonNode file(String name) {
    try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(name), name)) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** A file of the folder the property names; says so where it is absent. */
  static Optional<JsonNode> published(String property, String name) {
    Path file = Path.of(System.getProperty(property, "absent"), name);
    if (!Files.exists(file)) {
      System.out.printf(
          "%s is absent: its cases did not run; -D%s=FOLDER names the folder%n", file, property);
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static Bytes bytes(JsonNode object, String field) {
    return Bytes.ofHex(object.required(field).asText());
  }

  static SecretBytes secret(JsonNode object, String field) {
    return SecretBytes.takeOver(bytes(object, field).toArray());
  }
}
