package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The vector files under {@code src/test/resources/vectors}, which the documented format stands on.
 * Tests compare them with what the code computes; {@code -Dtidelock.vectors=write} writes them anew
 * instead, after a deliberate change of the format.
 */
public final class VectorFiles {

  private static final Path FOLDER = Path.of("src/test/resources/vectors");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private VectorFiles() {}

  /** Checks that the file holds exactly these values. */
  public static void check(String name, Map<String, Object> values) throws IOException {
    check(name, (JSON.writeValueAsString(values) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Checks that the file holds exactly these bytes. */
  public static void check(String name, byte[] expected) throws IOException {
    Path file = FOLDER.resolve(name);
    if ("write".equals(System.getProperty("tidelock.vectors"))) {
      Files.createDirectories(file.getParent());
      Files.write(file, expected);
    }
    assertThat(file).hasBinaryContent(expected);
  }

  /** The values in a file. */
  public static JsonNode read(String name) throws IOException {
    return JSON.readTree(bytes(name));
  }

  /** The bytes of a file. */
  public static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }

  /** The names of all files in a folder, sorted. */
  public static List<String> names(String folder) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.map(file -> folder + "/" + file.getFileName()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
