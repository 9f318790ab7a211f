package org.tidelock.protocol.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as this protocol reads and writes it. Read strictly: well-formed UTF-8, at most 256 KiB and
 * eight levels deep; no field twice, unknown, missing or null; no value of another type than its
 * field's; nothing after the document. Thread-safe.
 */
public final class WireJson {

  private static final int MAX_BYTES = 256 * 1024;
  private static final JsonMapper MAPPER = WireMapper.create();

  private WireJson() {}

  /** What came of reading. */
  public sealed interface Reading<T> {

    /** A document of the right form. */
    record Read<T>(T value) implements Reading<T> {}

    /**
     * Not JSON, or not one document of it.
     *
     * @param reason fit to be shown
     */
    record Malformed<T>(String reason) implements Reading<T> {}

    /**
     * JSON, but not the document required.
     *
     * @param field where the fault is, such as {@code entry.suite}; empty for the document itself
     * @param reason fit to be shown
     */
    record InvalidField<T>(String field, String reason) implements Reading<T> {}
  }

  /** Reads a document. */
  public static <T> Reading<T> read(byte[] json, Class<T> type) {
    if (json.length > MAX_BYTES) {
      return new Reading.Malformed<>(
          "the document has %d bytes; at most %d allowed".formatted(json.length, MAX_BYTES));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      T value = MAPPER.readValue(text, type);
      return value == null
          ? new Reading.InvalidField<>("", "is null; an object is required")
          : new Reading.Read<>(value);
    } catch (CharacterCodingException e) {
      return new Reading.Malformed<>("the document is not UTF-8");
    } catch (JacksonException e) {
      return WireFault.explain(e);
    }
  }

  /** Writes a document. */
  public static byte[] write(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JacksonException e) {
      throw new IllegalStateException("every record of this package can be written", e);
    }
  }
}
