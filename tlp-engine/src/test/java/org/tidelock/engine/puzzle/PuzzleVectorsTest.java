package org.tidelock.engine.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The puzzle vectors: the code computes them, and reads them as the documented format says. */
class PuzzleVectorsTest {

  private static final byte[] PAYLOAD = Bytes.ofHex("000102030405060708090a0b0c0d0e0f").toArray();

  static List<String> valid() {
    return VectorFiles.names("puzzle/valid");
  }

  static List<String> malformed() {
    return VectorFiles.names("puzzle/malformed");
  }

  @ParameterizedTest
  @CsvSource({
    "128-bits,     128,  test-vector,  a context",
    "1001-bits,    1001, test-vector,  a context",
    "2048-bits,    2048, test-vector,  a context",
    "age-file-key, 2048, age-file-key, ''",
  })
  void theCodeComputesTheValidVectors(String name, int bits, String purpose, String contextText)
      throws Exception {
    Bytes context = Bytes.of(contextText.getBytes(StandardCharsets.UTF_8));
    BigInteger p = TestMaker.prime((bits + 1) / 2, bits);
    BigInteger q = TestMaker.prime(bits / 2, bits + 1L);
    BigInteger n = p.multiply(q);
    BigInteger base = TestMaker.prime(bits - 3, bits + 2L);
    long squarings = 1000;
    Map<String, Object> vector = new LinkedHashMap<>();
    try (Trapdoor trapdoor = Trapdoor.ofPrimes(p, q, new SecureRandom())) {
      Puzzle puzzle =
          PuzzleMaker.seal(
              trapdoor, base, squarings, purpose, context, PAYLOAD, BigInteger::modPow);
      BigInteger y = trapdoor.solve(base, squarings, BigInteger::modPow);
      vector.put("about", "all numbers and bytes in hexadecimal, squarings in decimal");
      vector.put("p", p.toString(16));
      vector.put("q", q.toString(16));
      vector.put("bits", n.bitLength());
      vector.put("modulus", n.toString(16));
      vector.put("squarings", squarings);
      vector.put("base", base.toString(16));
      vector.put("purpose", puzzle.purpose());
      vector.put("context", context.toHex());
      vector.put("payload", Bytes.of(PAYLOAD).toHex());
      vector.put("header", puzzle.header().toHex());
      vector.put("solution", y.toString(16));
      vector.put("canonicalSolution", Bytes.of(PuzzleSeal.canonicalSolution(n, y)).toHex());
      vector.put("salt", Bytes.of(Sha256.of(puzzle.header())).toHex());
      vector.put("keyMaterial", Bytes.of(PuzzleSeal.keyMaterial(n, puzzle.header(), y)).toHex());
      vector.put("ciphertext", puzzle.ciphertext().toHex());
      vector.put("id", puzzle.id().toHex());
    }
    VectorFiles.check("puzzle/valid/%s.json".formatted(name), vector);
  }

  @ParameterizedTest
  @MethodSource("valid")
  void readsAndOpensTheValidVectors(String name) throws Exception {
    JsonNode vector = VectorFiles.read(name);
    Bytes header = Bytes.ofHex(vector.path("header").asText());
    Bytes ciphertext = Bytes.ofHex(vector.path("ciphertext").asText());

    Puzzle puzzle = Puzzle.decode(header, ciphertext, ModulusPolicy.INSECURE_ALLOW_SMALL);

    assertThat(puzzle.modulus().toString(16)).isEqualTo(vector.path("modulus").asText());
    assertThat(puzzle.squarings()).isEqualTo(vector.path("squarings").asLong());
    assertThat(puzzle.id().toHex()).isEqualTo(vector.path("id").asText());
    assertThat(puzzle.open(TestMaker.solve(puzzle.work())))
        .isInstanceOfSatisfying(
            OpenOutcome.Opened.class,
            opened ->
                assertThat(Bytes.of(opened.revealPayload()).toHex())
                    .isEqualTo(vector.path("payload").asText()));
  }

  @Test
  void theCodeWritesTheMalformedVectors() throws Exception {
    for (MalformedPuzzles.Case malformed : MalformedPuzzles.all()) {
      Map<String, Object> vector = new LinkedHashMap<>();
      vector.put("reason", malformed.reason());
      vector.put("policy", malformed.policy().name());
      vector.put("encoded", malformed.encoded().toHex());
      VectorFiles.check("puzzle/malformed/%s.json".formatted(malformed.name()), vector);
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesTheMalformedVectorsForTheirReason(String name) throws Exception {
    JsonNode vector = VectorFiles.read(name);
    Bytes encoded = Bytes.ofHex(vector.path("encoded").asText());
    ModulusPolicy policy = ModulusPolicy.valueOf(vector.path("policy").asText());

    assertThatThrownBy(() -> Puzzle.decode(encoded, policy))
        .isInstanceOf(PuzzleFormatException.class)
        .hasMessage(vector.path("reason").asText());
  }

  @Test
  void refusesTrailingBytesAfterAHeader() throws Exception {
    JsonNode vector = VectorFiles.read("puzzle/valid/2048-bits.json");
    Bytes header = Bytes.ofHex(vector.path("header").asText() + "00");
    Bytes ciphertext = Bytes.ofHex(vector.path("ciphertext").asText());

    assertThatThrownBy(() -> Puzzle.decode(header, ciphertext, ModulusPolicy.STANDARD))
        .isInstanceOf(PuzzleFormatException.class)
        .hasMessage("1 trailing bytes; none allowed");
  }
}
