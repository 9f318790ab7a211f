package org.tidelock.service.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Collectors;
import org.tidelock.engine.puzzle.Bytes;

/**
 * JSON as the services read and write it. Read strictly: well-formed UTF-8, no duplicate, unknown
 * or missing field, no value of another type than the record's, at most eight levels deep. Bytes
 * are unpadded base64url in its one canonical form; times are whole milliseconds since 1970.
 * Thread-safe.
 */
public final class StrictJson {

  private static final int MAX_DEPTH = 8;
  private static final int MAX_TEXT = 65_536;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private static final JsonMapper MAPPER = mapper();

  private StrictJson() {}

  /**
   * Reads a body.
   *
   * @throws Refusal if it is not the JSON of a {@code type}; the reason names the field
   */
  public static <T> T read(byte[] body, Class<T> type) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(ProblemCode.MALFORMED_JSON, "the body is not UTF-8");
    }
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new Refusal(ProblemCode.MALFORMED_JSON, "the body is null; an object required");
      }
      return value;
    } catch (DatabindException e) {
      throw new Refusal(ProblemCode.INVALID_FIELD, reason(e));
    } catch (JacksonException e) {
      throw new Refusal(ProblemCode.MALFORMED_JSON, e.getOriginalMessage());
    }
  }

  /** Writes a value. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IllegalStateException("cannot be written as JSON", e);
    }
  }

  /** Where the fault is and what it is; a record's own words where its constructor refused. */
  private static String reason(DatabindException e) {
    String path =
        e instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(reference -> String.valueOf(reference.getFieldName()))
                .collect(Collectors.joining("."))
            : "";
    String what =
        e.getCause() instanceof IllegalArgumentException refused
            ? String.valueOf(refused.getMessage())
            : e.getOriginalMessage();
    return path.isEmpty() ? what : path + ": " + what;
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    SimpleModule values = new SimpleModule();
    values.addSerializer(Bytes.class, new BytesWriter());
    values.addDeserializer(Bytes.class, new BytesReader());
    values.addSerializer(Instant.class, new InstantWriter());
    values.addDeserializer(Instant.class, new InstantReader());
    JsonMapper mapper =
        JsonMapper.builder(factory)
            .addModule(values)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    mapper
        .coercionConfigDefaults()
        .setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert)
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }

  private static final class BytesWriter extends StdSerializer<Bytes> {
    private static final long serialVersionUID = 1;

    BytesWriter() {
      super(Bytes.class);
    }

    @Override
    public void serialize(Bytes value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(ENCODER.encodeToString(value.toArray()));
    }
  }

  private static final class BytesReader extends StdDeserializer<Bytes> {
    private static final long serialVersionUID = 1;

    BytesReader() {
      super(Bytes.class);
    }

    @Override
    public Bytes deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        throw JsonMappingException.from(in, "text in base64url required");
      }
      String text = in.getText();
      try {
        Bytes bytes = Bytes.of(Base64.getUrlDecoder().decode(text));
        if (ENCODER.encodeToString(bytes.toArray()).equals(text)) {
          return bytes;
        }
      } catch (IllegalArgumentException e) {
        // Told below, without the decoder's words.
      }
      throw JsonMappingException.from(in, "not unpadded base64url in canonical form");
    }
  }

  private static final class InstantWriter extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(value.toEpochMilli());
    }
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
        throw JsonMappingException.from(in, "milliseconds since 1970 required");
      }
      return Instant.ofEpochMilli(in.getLongValue());
    }
  }
}
