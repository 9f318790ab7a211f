package org.tidelock.engine.calibrate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A calibration kept in the user's home as JSON, so that it is measured once.
 *
 * <p>Whatever the file holds, reading it ends in a calibration or in a reason why not.
 */
public final class CalibrationFile {

  private static final String FORMAT = "tidelock-calibration/1";
  private static final long MAX_BYTES = 1 << 20;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(8).maxStringLength(4096).build())
          .build();

  private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

  /** What reading the file gave. */
  public sealed interface Read {

    /** A calibration that holds for this machine. */
    record Valid(Calibration calibration) implements Read {}

    /** None that can be used: absent, made for another machine, or damaged. */
    record Unusable(String reason) implements Read {}
  }

  private final Path file;

  public CalibrationFile(Path file) {
    this.file = file;
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /** Reads the file and holds it against {@code machine}. */
  public Read read(Machine machine) {
    if (!Files.isRegularFile(file)) {
      return new Read.Unusable("this machine is not calibrated yet");
    }
    Calibration calibration;
    try {
      if (Files.size(file) > MAX_BYTES) {
        return new Read.Unusable(
            "%s has %d bytes; at most %d belong into a calibration"
                .formatted(file, Files.size(file), MAX_BYTES));
      }
      calibration = decode(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      // Where the parser stumbled helps nobody: nothing in the file was written by hand.
      return new Read.Unusable(file + " cannot be read: it is damaged or was edited");
    } catch (AccessDeniedException e) {
      return new Read.Unusable(file + " cannot be read: permission denied");
    } catch (IOException | IllegalArgumentException e) {
      return new Read.Unusable("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
    if (!calibration.machine().equals(machine)) {
      return new Read.Unusable(
          "CPU, JDK, version or kernels changed since this machine was calibrated");
    }
    return new Read.Valid(calibration);
  }

  /** Writes the file, replacing one that is there in one step. */
  public void write(Calibration calibration) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, "calibration", ".tmp");
    try {
      Files.write(temporary, encode(calibration));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  static byte[] encode(Calibration calibration) throws JsonProcessingException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("cpu", calibration.machine().cpu());
    root.put("jdk", calibration.machine().jdk());
    root.put("version", calibration.machine().version());
    root.put("kernels", calibration.machine().kernels());
    root.put("measuredAt", calibration.measuredAt().toString());
    ArrayNode rates = root.putArray("rates");
    for (KernelRate rate : calibration.rates()) {
      rates
          .addObject()
          .put("kernel", rate.kernel())
          .put("bits", rate.bits())
          .put("squaringsPerSecond", rate.squaringsPerSecond())
          .put("spread", rate.spread())
          .put("chosen", rate.chosen())
          .put("reason", rate.reason());
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  /**
   * Decodes a calibration.
   *
   * @throws IOException if it is not JSON
   * @throws IllegalArgumentException if it is JSON of another shape, or holds impossible figures
   */
  static Calibration decode(byte[] bytes) throws IOException {
    JsonNode root = MAPPER.readTree(bytes);
    if (!FORMAT.equals(text(root, "format"))) {
      throw new IllegalArgumentException("it is not of the format " + FORMAT);
    }
    JsonNode list = root.path("rates");
    if (!list.isArray() || list.size() > 1000) {
      throw new IllegalArgumentException("rates must be a list of at most 1000 entries");
    }
    List<KernelRate> rates = new ArrayList<>();
    for (JsonNode rate : list) {
      rates.add(
          new KernelRate(
              text(rate, "kernel"),
              (int) number(rate, "bits"),
              number(rate, "squaringsPerSecond"),
              number(rate, "spread"),
              rate.path("chosen").asBoolean(false),
              text(rate, "reason")));
    }
    Machine machine =
        new Machine(
            text(root, "cpu"), text(root, "jdk"), text(root, "version"), text(root, "kernels"));
    return new Calibration(machine, instant(text(root, "measuredAt")), rates);
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("%s must be a text".formatted(field));
    }
    return value.textValue();
  }

  private static double number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isNumber()) {
      throw new IllegalArgumentException("%s must be a number".formatted(field));
    }
    return value.doubleValue();
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("%s is no instant".formatted(text), e);
    }
  }
}
