package org.tidelock.engine.puzzle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The published puzzle of 1999, its factors and its answer. */
public final class Lcs35 {

  private Lcs35() {}

  public static ClassicPuzzle puzzle() throws Exception {
    try (InputStream in = Lcs35.class.getResourceAsStream("/vectors/lcs35.txt")) {
      return ClassicPuzzle.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static BigInteger number(String name) throws IOException {
    return new BigInteger(text(name));
  }

  static String text(String name) throws IOException {
    return values().path(name).asText();
  }

  public static JsonNode values() throws IOException {
    try (InputStream in = Lcs35.class.getResourceAsStream("/vectors/lcs35.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
